using Skytale.Protocol.Envelopes;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>MSG and RTX_REPLY: decrypted, acknowledged, put in order, and given to the application.</summary>
internal sealed class Receiving(SessionState session)
{
    private static readonly IReadOnlyDictionary<string, string> s_toOne = new Dictionary<string, string> { [Sending.ToOneKey] = Sending.True };

    private readonly Lock _gate = new();
    private readonly Dictionary<MemberKey, Ordering> _orderings = [];

    /// <summary>A participant joined while this agent was there: its first message is number 1.</summary>
    public void BeginWith(SlimName member)
    {
        lock (_gate)
            _orderings.TryAdd(MemberKey.Of(member), new Ordering(1));
    }

    /// <summary>A participant left: should it come back, it counts anew.</summary>
    public void Forget(SlimName member)
    {
        lock (_gate)
            _orderings.Remove(MemberKey.Of(member));
    }

    /// <returns>The numbers of messages that are missing before this one.</returns>
    /// <exception cref="Mls.MlsException">It does not open.</exception>
    public async Task<IReadOnlyList<uint>> TakeAsync(Envelope envelope, SlimPeer from, CancellationToken cancellationToken)
    {
        var number = envelope.Session.MessageId;
        var isOrdered = session.Terms.Reliable && number <= Ordering.Last;
        var place = isOrdered ? PlaceOf(envelope.Source, number) : Place.Next;

        // Not acknowledged: a reliable sender comes again with what has no room now.
        if (place == Place.TooEarly || session.Inbox.Reader.Count >= SessionState.InboxCapacity)
            return [];
        if (place == Place.Known)
        {
            await AcknowledgeAsync(envelope, cancellationToken).ConfigureAwait(false);
            return [];
        }

        // The ratchet's key is used up here: what is opened is taken.
        var payload = session.Keys?.Unprotect(envelope.Content, from, HeaderIntegrity.Aad(envelope)) ?? envelope.Content;
        if (envelope.IsError == true)
        {
            GiveUp(envelope.Source, number);
            return [];
        }
        var message = new SlimMessage(envelope.Source, envelope.PayloadType, payload, WithoutMarks(envelope.Metadata));
        var missing = isOrdered ? Order(envelope.Source, number, message) : Deliver(message);
        await AcknowledgeAsync(envelope, cancellationToken).ConfigureAwait(false);
        return missing;
    }

    /// <summary>True while a message is missing that would be asked for.</summary>
    public bool IsMissing(SlimName from, uint number) => PlaceOf(from, number) is Place.Next or Place.Early;

    /// <summary>A missing message will not come: those behind it are delivered.</summary>
    public void GiveUp(SlimName from, uint number)
    {
        lock (_gate)
        {
            if (_orderings.TryGetValue(MemberKey.Of(from), out var ordering))
                DeliverAll(ordering.GiveUp(number));
        }
    }

    private Place PlaceOf(SlimName from, uint number)
    {
        lock (_gate)
            return OrderingOf(from).PlaceOf(number);
    }

    private IReadOnlyList<uint> Order(SlimName from, uint number, SlimMessage message)
    {
        lock (_gate)
        {
            // It may have been given up since its place was judged.
            var ordering = OrderingOf(from);
            if (ordering.PlaceOf(number) is Place.Known or Place.TooEarly)
                return [];
            DeliverAll(ordering.Take(number, message, out var missing));
            return missing;
        }
    }

    private IReadOnlyList<uint> Deliver(SlimMessage message)
    {
        session.Inbox.Writer.TryWrite(message);
        return [];
    }

    private void DeliverAll(IReadOnlyList<SlimMessage> messages)
    {
        foreach (var message in messages)
            session.Inbox.Writer.TryWrite(message);
    }

    private Ordering OrderingOf(SlimName from)
    {
        var key = MemberKey.Of(from);
        if (!_orderings.TryGetValue(key, out var ordering))
            _orderings[key] = ordering = new Ordering(next: null);
        return ordering;
    }

    private ValueTask AcknowledgeAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        if (!session.Terms.Reliable || Command.TypeOf(envelope) != SessionMessageType.Msg)
            return ValueTask.CompletedTask;
        var metadata = envelope.Metadata.ContainsKey(Sending.ToOneKey) ? s_toOne : null;
        return session.Agent.Link.PublishAsync(session.Outgoing.Note(envelope.Source, SessionMessageType.MsgAck, envelope.Session.MessageId, metadata), cancellationToken);
    }

    private static IReadOnlyDictionary<string, string> WithoutMarks(IReadOnlyDictionary<string, string> metadata) =>
        metadata.ContainsKey(Sending.ToOneKey) ? metadata.Where(pair => pair.Key != Sending.ToOneKey).ToDictionary() : metadata;
}
