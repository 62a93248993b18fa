using Skytale.Protocol.Envelopes;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>MSG and RTX_REPLY: decrypted, acknowledged, put in order, and given to the application.</summary>
internal sealed class Receiving(SessionState session)
{
    private static readonly IReadOnlyDictionary<string, string> s_toOne = new Dictionary<string, string> { [Sending.ToOneKey] = Sending.True };

    private readonly Lock _gate = new();
    private readonly Dictionary<MemberKey, Sender> _senders = [];

    /// <summary>A participant joined while this agent was there: its first message is number 1.</summary>
    public void BeginWith(SlimName member)
    {
        lock (_gate)
            _senders.TryAdd(MemberKey.Of(member), new Sender(new Ordering(1)));
    }

    /// <summary>A participant left: should it come back, it counts anew.</summary>
    public void Forget(SlimName member)
    {
        lock (_gate)
            _senders.Remove(MemberKey.Of(member));
    }

    /// <returns>The numbers of messages that are missing before this one.</returns>
    /// <exception cref="Mls.MlsException">It does not open.</exception>
    public async Task<IReadOnlyList<uint>> TakeAsync(Envelope envelope, SlimPeer from, CancellationToken cancellationToken)
    {
        var number = envelope.Session.MessageId;
        var place = session.Terms.Reliable ? PlaceOf(envelope.Source, number) : Place.Next;

        // Not acknowledged: a reliable sender comes again with what has no room now.
        if (place == Place.TooEarly || !HasRoomFor(envelope, place))
            return [];
        if (place == Place.Known)
        {
            await AcknowledgeAsync(envelope, cancellationToken).ConfigureAwait(false);
            return [];
        }

        // The ratchet's key is used up here: what is opened is taken.
        var payload = session.Keys?.Unprotect(envelope.Content, from, HeaderIntegrity.Aad(envelope)) ?? envelope.Content;
        if (envelope.IsError == true && Command.TypeOf(envelope) == SessionMessageType.RtxReply)
        {
            GiveUp(envelope.Source, number);
            return [];
        }
        var message = new SlimMessage(envelope.Source, envelope.PayloadType, payload, WithoutMarks(envelope.Metadata));
        var missing = session.Terms.Reliable ? Take(envelope.Source, number, message) : Deliver(message);
        await AcknowledgeAsync(envelope, cancellationToken).ConfigureAwait(false);
        return missing;
    }

    /// <summary>True while a message of a participant is missing that would be asked for.</summary>
    public bool IsMissing(SlimName from, uint number)
    {
        lock (_gate)
            return _senders.TryGetValue(MemberKey.Of(from), out var sender) && sender.Ordering.PlaceOf(number) is Place.Next or Place.Early;
    }

    /// <summary>A missing message will not come: those behind it are delivered.</summary>
    public void GiveUp(SlimName from, uint number)
    {
        lock (_gate)
        {
            if (_senders.TryGetValue(MemberKey.Of(from), out var sender))
                DeliverAll(sender.Ordering.GiveUp(number));
        }
    }

    private bool HasRoomFor(Envelope envelope, Place place) =>
        session.Inbox.Reader.Count < SessionState.InboxCapacity && session.Held.HasRoomFor(envelope, place == Place.Early);

    private Place PlaceOf(SlimName from, uint number)
    {
        lock (_gate)
            return SenderOf(from).PlaceOf(number);
    }

    private IReadOnlyList<uint> Take(SlimName from, uint number, SlimMessage message)
    {
        lock (_gate)
        {
            // It may have been given up since its place was judged.
            var sender = SenderOf(from);
            if (sender.PlaceOf(number) is Place.Known or Place.TooEarly)
                return [];
            if (number > Ordering.Last)
            {
                sender.Aside.Add(number);
                return Deliver(message);
            }
            session.Held.Add(message);
            DeliverAll(sender.Ordering.Take(number, message, out var missing));
            return missing;
        }
    }

    private IReadOnlyList<uint> Deliver(SlimMessage message)
    {
        session.Held.Add(message);
        session.Inbox.Writer.TryWrite(message);
        return [];
    }

    private void DeliverAll(IReadOnlyList<SlimMessage> messages)
    {
        foreach (var message in messages)
            session.Inbox.Writer.TryWrite(message);
    }

    private Sender SenderOf(SlimName from)
    {
        var key = MemberKey.Of(from);
        if (!_senders.TryGetValue(key, out var sender))
            _senders[key] = sender = new Sender(new Ordering(next: null));
        return sender;
    }

    private ValueTask AcknowledgeAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        if (!session.Terms.Reliable || Command.TypeOf(envelope) != SessionMessageType.Msg)
            return ValueTask.CompletedTask;
        var metadata = envelope.Metadata.ContainsKey(Sending.ToOneKey) ? s_toOne : null;
        return session.PublishAsync(session.Outgoing.Note(envelope.Source, SessionMessageType.MsgAck, envelope.Session.MessageId, metadata), cancellationToken);
    }

    private static IReadOnlyDictionary<string, string> WithoutMarks(IReadOnlyDictionary<string, string> metadata) =>
        metadata.ContainsKey(Sending.ToOneKey) ? metadata.Where(pair => pair.Key != Sending.ToOneKey).ToDictionary() : metadata;

    /// <summary>What has come of one participant: in order, and to this agent alone, which has none.</summary>
    private sealed record Sender(Ordering Ordering)
    {
        /// <summary>Messages to this agent alone whose repeats are known.</summary>
        public RecentNumbers Aside { get; } = new(256);

        public Place PlaceOf(uint number) =>
            number <= Ordering.Last ? Ordering.PlaceOf(number)
            : Aside.Contains(number) ? Place.Known
            : Place.Next;
    }
}
