using System.Buffers.Binary;
using System.Diagnostics;
using System.Security.Cryptography;
using Skytale.Groups;
using Skytale.Mls.Codec;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.RelayLink;

namespace Skytale.Benchmarks.Relay;

/// <summary>A channel with its members and a message of its epoch, which its sender sends again and again under new ids.</summary>
internal sealed class Room
{
    /// <summary>Bytes of a message as an MLSMessage.</summary>
    public const int MessageSize = 1024;

    private static int s_count;
    private readonly RelayConnection _sender;
    private readonly ReadOnlyMemory<byte> _ciphertext;
    private ulong _sent;

    private Room(RelayConnection sender, ChannelId id, Sequence last, ReadOnlyMemory<byte> ciphertext)
    {
        _sender = sender;
        _ciphertext = ciphertext;
        (Id, Start) = (id, last);
    }

    public ChannelId Id { get; }

    /// <summary>The commit that added the members; messages stand behind it.</summary>
    public Sequence Start { get; }

    /// <summary>Creates the channel and adds the others in one commit.</summary>
    public static async Task<Room> CreateAsync(RelayConnection connection, Member sender, IReadOnlyList<Member> others)
    {
        var number = Interlocked.Increment(ref s_count);
        if (!ChannelName.TryParse($"{Member.Org}/room/{number}", out var name))
            throw new InvalidOperationException("not a name");
        var key = sender.OpenKey();
        var bundle = sender.NewKeyPackage();
        var creation = MlsGroup.CreateWithWelcome(
            new Opaque(RandomNumberGenerator.GetBytes(ChannelId.Size)), bundle, key, ChannelExtension.ListFor(name, AgentId.FromPublicKey(key.PublicKey.Value.Span)), RandomNumberGenerator.Fill);
        var created = (await connection.RequestAsync<ChannelCreated>(request => new CreateChannel(
            request, name, Encode(new MlsMessage(creation.GroupInfo)), Encode(new MlsMessage(creation.Welcome))))).Value;
        var group = MlsGroup.Join(Tls.Decode<MlsMessage>(created.Welcome.Span).Welcome!, bundle, key, new JoinOptions());

        var last = Sequence.Start;
        if (others.Count > 0)
        {
            using var pending = group.Commit(
                new CommitRequest { Proposals = [.. others.Select(other => new AddProposal(other.NewKeyPackage().KeyPackage))], ForcePath = true }, RandomNumberGenerator.Fill);
            last = (await connection.RequestAsync<Accepted>(request => new SendCommit(
                request, created.ChannelId, Encode(pending.Commit), Encode(new MlsMessage(pending.GroupInfo)), new SendWelcome(Encode(new MlsMessage(pending.Welcome!)))))).Value.Sequence;
            group = group.Merge(pending);
        }
        return new Room(connection, created.ChannelId, last, Message(group));
    }

    /// <summary>Sends one; returns when the relay has stored it.</summary>
    public async Task SendAsync()
    {
        var id = IdOf(Stopwatch.GetTimestamp(), Interlocked.Increment(ref _sent));
        var accepted = await _sender.RequestAsync<Accepted>(request => new SendMessage(request, Id, id, _ciphertext));
        if (!accepted.IsSuccess)
            throw new InvalidOperationException(accepted.Refusal.Detail);
    }

    /// <summary>When a message was handed to its connection: a timestamp of this machine's clock, the same in every process.</summary>
    public static long SentAt(MessageId id) => (long)(ulong)(id.Value >> 64);

    private static MessageId IdOf(long at, ulong number) => new(new UInt128((ulong)at, number));

    private static ReadOnlyMemory<byte> Message(MlsGroup group)
    {
        for (var size = MessageSize; ; size--)
        {
            var message = Encode(new MlsMessage(group.Protect(new byte[size], default, 0, RandomNumberGenerator.Fill)));
            if (message.Length == MessageSize)
                return message;
        }
    }

    private static ReadOnlyMemory<byte> Encode(MlsMessage message) => Tls.Encode(message).Memory;
}
