using Skytale.Mls.Crypto;
using Skytale.Protocol;

namespace Skytale.Agent.Channels;

/// <summary>
/// Messages that came in parts and are not whole. A sender's parts of one message come in their order, with whatever else
/// in between; its place is that of its last part. Bounds: 64 MiB for a message and for all of one sender's, 128 MiB for a
/// channel, 1,024 entries between two parts, 4,096 from the first to the last: what passes them is given up, and blocks nothing.
/// Used under the session's gate.
/// </summary>
internal sealed class Parts(ChannelSession session) : IDisposable
{
    /// <summary>Bytes of a message at most, and of what is unfinished of one sender.</summary>
    public const int MaxMessage = 64 << 20;

    /// <summary>Parts of a message at most.</summary>
    public const int MaxParts = 128;

    private const int MaxChannel = 128 << 20;
    private const int MaxUnfinished = 16;
    private const ulong MaxBetween = 1024;
    private const ulong MaxAltogether = 4096;

    private readonly Dictionary<(AgentId Sender, MessageId Id), Unfinished> _unfinished = [];

    /// <summary>The place of the first part of those that are not whole; null: none is unfinished. The store must not pass it.</summary>
    public Sequence? First => _unfinished.Count == 0 ? null : _unfinished.Values.Min(unfinished => unfinished.First);

    /// <summary>Takes a part.</summary>
    /// <returns>The whole message where this was its last part, else null.</returns>
    /// <exception cref="ProtocolException">It does not fit; what there is of its message is given up.</exception>
    public MessageContent? Take(Sequence at, AgentId sender, ulong generation, ContentHeader header, ReadOnlySpan<byte> body)
    {
        var part = header.Part!.Value;
        var key = (sender, part.Message);
        if (!_unfinished.TryGetValue(key, out var unfinished))
            _unfinished.Add(key, unfinished = Begin(at, sender, header, part));
        if (part.Number != unfinished.Bodies.Count || part.Count != unfinished.Count || Held(sender) + body.Length > MaxMessage || Held() + body.Length > MaxChannel)
        {
            GiveUp(key);
            throw new ProtocolException(ErrorCode.InvalidMessage, $"part {part.Number} of {part.Count} does not follow what came before, or is too much");
        }
        unfinished.Bodies.Add(Secret.Copy(body));
        unfinished.Last = at;
        if (unfinished.Bodies.Count < unfinished.Count)
            return null;
        _unfinished.Remove(key);
        using (unfinished)
            return new MessageContent(part.Message, sender, generation, unfinished.Header, unfinished.Join());
    }

    /// <summary>Gives up what has waited too long, now that the channel is here.</summary>
    public void Follow(Sequence at)
    {
        if (_unfinished.Count == 0)
            return;
        GiveUp(unfinished => at.Value - unfinished.Last.Value > MaxBetween || at.Value - unfinished.First.Value > MaxAltogether);
    }

    /// <summary>Gives up what members that are gone have not finished.</summary>
    public void Keep(IEnumerable<AgentId> members)
    {
        if (_unfinished.Count == 0)
            return;
        var present = members.ToHashSet();
        GiveUp(unfinished => !present.Contains(unfinished.Sender));
    }

    /// <summary>Gives up everything: messages are gone, parts may have been among them.</summary>
    public void GiveUpAll() => GiveUp(_ => true);

    public void Dispose()
    {
        foreach (var unfinished in _unfinished.Values)
            unfinished.Dispose();
        _unfinished.Clear();
    }

    private Unfinished Begin(Sequence at, AgentId sender, ContentHeader header, Part part)
    {
        if (part.Number != 0)
            throw new ProtocolException(ErrorCode.InvalidMessage, $"part {part.Number} of {part.Count}, whose first is missing");
        if (part.Count is < 1 or > MaxParts)
            throw new ProtocolException(ErrorCode.InvalidMessage, $"a message of {part.Count} parts");
        if (_unfinished.Keys.Count(known => known.Sender == sender) >= MaxUnfinished)
            throw new ProtocolException(ErrorCode.InvalidMessage, $"{MaxUnfinished} messages of its sender are unfinished");
        return new Unfinished(sender, header, (int)part.Count, at);
    }

    private long Held() => _unfinished.Values.Sum(unfinished => unfinished.Size);

    private long Held(AgentId sender) => _unfinished.Values.Where(unfinished => unfinished.Sender == sender).Sum(unfinished => unfinished.Size);

    private void GiveUp(Func<Unfinished, bool> which)
    {
        foreach (var (key, unfinished) in _unfinished.Where(known => which(known.Value)).ToList())
        {
            GiveUp(key);
            var reason = $"a message of {unfinished.Count} parts, of which {unfinished.Bodies.Count} came";
            AgentLog.Rejected(session.Context.Logger, session.Id.ToString(), unfinished.First.Value, reason);
            session.Rejected?.Invoke(new Sdk.RejectedMessage(unfinished.First, reason));
        }
    }

    private void GiveUp((AgentId, MessageId) key)
    {
        if (_unfinished.Remove(key, out var unfinished))
            unfinished.Dispose();
    }

    private sealed class Unfinished(AgentId sender, ContentHeader header, int count, Sequence first) : IDisposable
    {
        public AgentId Sender { get; } = sender;

        public ContentHeader Header { get; } = header;

        public int Count { get; } = count;

        public Sequence First { get; } = first;

        public Sequence Last { get; set; } = first;

        public List<Secret> Bodies { get; } = [];

        public long Size => Bodies.Sum(body => (long)body.Length);

        public Secret Join()
        {
            var whole = Secret.Zero((int)Size);
            var at = 0;
            foreach (var body in Bodies)
            {
                body.Span.CopyTo(whole.Writable[at..]);
                at += body.Length;
            }
            return whole;
        }

        public void Dispose()
        {
            foreach (var body in Bodies)
                body.Dispose();
        }
    }
}
