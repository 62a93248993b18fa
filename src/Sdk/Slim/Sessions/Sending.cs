using Skytale.Protocol.Envelopes;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>MSG: an application's messages, to everybody in order or to one participant.</summary>
internal sealed class Sending(SessionState session)
{
    /// <summary>The mark of a message to one participant of a group.</summary>
    public const string ToOneKey = "PUBLISH_TO";

    public const string True = "TRUE";

    private readonly SemaphoreSlim _order = new(1, 1);
    private uint _last;

    /// <summary>Sends to everybody; in a reliable session done when all have acknowledged.</summary>
    public async Task SendAsync(ReadOnlyMemory<byte> payload, string payloadType, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        Awaited? awaited = null;
        SentMessage message;

        // Numbers are given and messages leave in one order: a gap makes every receiver ask.
        await _order.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            session.ThrowIfEnded();
            _last = (_last + 1) & Ordering.Last;
            // Who missed it may ask for it when the caller has its buffer back.
            message = new SentMessage(_last, payloadType, session.Terms.Reliable ? payload.ToArray() : payload, metadata);
            if (session.Terms.Reliable)
            {
                session.Sent.Add(message);
                awaited = session.Requests.Expect(new RequestKey(SessionMessageType.MsgAck, message.Number), Receivers());
            }
            session.HasSent = true;
            await session.PublishAsync(Make(message), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            awaited?.Dispose();
            throw;
        }
        finally
        {
            _order.Release();
        }

        using (awaited)
        {
            if (awaited is not null)
                await awaited.AnsweredAsync(missing => missing.Select(member => Make(message, member)).OfType<Envelope>(), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Sends to one participant of a group, out of order.</summary>
    public async Task SendToAsync(SlimName to, ReadOnlyMemory<byte> payload, string payloadType, IReadOnlyDictionary<string, string> metadata, CancellationToken cancellationToken)
    {
        session.ThrowIfEnded();
        var member = session.Roster.Find(to) ?? throw new SlimException(SlimError.NotAParticipant, $"{to} does not take part.");
        var number = Ordering.Last + 1 + (uint)Random.Shared.NextInt64(Ordering.Last);
        var message = new SentMessage(number, payloadType, payload, new Dictionary<string, string>(metadata) { [ToOneKey] = True });
        using var awaited = session.Requests.Expect(new RequestKey(SessionMessageType.MsgAck, number), [MemberKey.Of(member.Name)]);
        await session.PublishAsync(session.Outgoing.Data(member.Name, SessionMessageType.Msg, message, fanout: 1, session.Keys), cancellationToken).ConfigureAwait(false);
        if (session.Terms.Reliable)
            await awaited.AnsweredAsync(_ => [session.Outgoing.Data(member.Name, SessionMessageType.Msg, message, fanout: 1, session.Keys)], cancellationToken).ConfigureAwait(false);
    }

    // In a group nobody waits for those who are away; with one other there is nobody else to wait for.
    private IEnumerable<MemberKey> Receivers() =>
        session.Roster.Others.Where(member => member.Receives && (member.IsOnline || !session.Terms.IsGroup)).Select(member => MemberKey.Of(member.Name));

    private Envelope Make(SentMessage message) =>
        session.Outgoing.Data(session.Data, SessionMessageType.Msg, message, session.Terms.IsGroup ? Outgoing.Everybody : 1, session.Keys);

    // Again, to one who has not acknowledged; null when it has left meanwhile.
    private Envelope? Make(SentMessage message, MemberKey missing) =>
        session.Roster.Others.FirstOrDefault(member => MemberKey.Of(member.Name) == missing) is { } member
            ? session.Outgoing.Data(member.Name, SessionMessageType.Msg, message, fanout: 1, session.Keys)
            : null;
}
