using System.Buffers.Binary;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>
/// Encrypts messages in the head's epoch. Generations are reserved in blocks: the ratchet is stored past a block before its
/// first key is used, so that no crash can use a key twice (RFC 9420 §9.2).
/// </summary>
internal sealed class Protecting(ChannelSession session)
{
    private const int Block = 64;

    private readonly Committing _committing = new(session);
    private readonly ulong _sessionId = RandomUInt64(session);
    private ulong _number;

    /// <summary>Waits until something may be encrypted here.</summary>
    /// <returns>The channel's turn: what is encrypted in another is to be sent in another order.</returns>
    /// <exception cref="SkytaleException">It never may, or unread messages stand before it.</exception>
    public async Task<ulong> PrepareAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var (isReady, isSpent, turns) = await session.LockedAsync(
                () =>
                {
                    session.ThrowIfEnded();
                    if (!session.IsRemoved)
                        session.ThrowIfLeaving();
                    return (session.WasCaughtUp && session.Trouble.IsOver && !session.Head.IsHeld, session.Head.IsSpent, session.Turns);
                },
                cancellationToken).ConfigureAwait(false);
            if (isReady && !isSpent)
                return turns;
            if (isReady)
                await RenewAsync(cancellationToken).ConfigureAwait(false);
            await session.WaitWhileReadAsync(() => session.WasCaughtUp, cancellationToken).ConfigureAwait(false);
            await session.WaitForOrderAsync(cancellationToken).ConfigureAwait(false);
            await session.WaitWhileReadAsync(() => !session.Head.IsHeld || !session.Trouble.IsOver, cancellationToken).ConfigureAwait(false);
            await session.LockedAsync(
                () =>
                {
                    session.ThrowIfNoMember();
                    return true;
                },
                cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Encrypts all of them in order; none where the channel has gone on from the turn.</summary>
    public Task<bool> TryProtectAsync(IReadOnlyList<Outgoing> messages, ulong turns) => session.LockedAsync(
        () =>
        {
            session.ThrowIfLeaving();
            if (!session.Trouble.IsOver || session.Head.IsHeld || session.Head.IsSpent || session.Turns != turns)
                return false;
            foreach (var message in messages)
                message.Ciphertext = Protect(message);
            return true;
        },
        CancellationToken.None);

    /// <summary>Leaves an epoch in which nothing may be encrypted any more.</summary>
    private Task RenewAsync(CancellationToken cancellationToken)
    {
        AgentLog.EpochSpent(session.Context.Logger, session.Id.ToString());
        return _committing.UpdateKeysAsync(cancellationToken);
    }

    private Opaque Protect(Outgoing outgoing)
    {
        var group = session.Head.Group;
        if (group.ReservedGenerations == 0)
        {
            group.ReserveGenerations(Block);
            using var sending = session.Head.SerializeSending();
            session.Write(transaction =>
            {
                transaction.PutSending(session.Id, group.Epoch, sending);
                session.OwnKeys.Reserve(transaction, Block);
            });
        }
        var header = outgoing.Header ??= new MessageHeader(outgoing.Id, _sessionId, _number++);
        var plaintext = outgoing.Plaintext;
        var message = group.Protect(plaintext, Tls.Encode(header).Span, Padding.SizeFor(session.Context.Padding, plaintext.Length), session.Context.Random);
        session.Head.Use();
        session.OwnKeys.Used();
        session.OwnMessages.Add(outgoing.Id);
        return Tls.Encode(new MlsMessage(message));
    }

    private static ulong RandomUInt64(ChannelSession session)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        session.Context.Random(bytes);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }
}
