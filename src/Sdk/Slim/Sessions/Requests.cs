using System.Collections.Concurrent;
using Skytale.Protocol.Envelopes;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>What answers are found by: data and control messages number themselves apart.</summary>
internal readonly record struct RequestKey(bool IsData, uint MessageId);

/// <summary>Everything of a session that waits for answers.</summary>
internal sealed class Requests(ISlimLink link, TimeProvider time, TimeSpan interval, int maxRetries)
{
    private readonly ConcurrentDictionary<RequestKey, Awaited> _awaited = new();
    private SlimException? _ended;

    public ISlimLink Link => link;

    public TimeProvider Time => time;

    public TimeSpan Interval => interval;

    public int MaxRetries => maxRetries;

    /// <summary>Begins to wait for answers; the message is sent after this, so that none comes too early.</summary>
    /// <exception cref="SlimException">The session has ended.</exception>
    public Awaited Expect(RequestKey key, IEnumerable<MemberKey> from)
    {
        var awaited = new Awaited(this, key, from);
        if (!_awaited.TryAdd(key, awaited))
            throw new InvalidOperationException($"Message {key.MessageId} waits for its answers already.");
        if (_ended is { } ended)
            awaited.Fail(ended);
        return awaited;
    }

    /// <returns>True when the answer was waited for.</returns>
    public bool Answer(RequestKey key, Envelope answer) => _awaited.TryGetValue(key, out var awaited) && awaited.Answer(MemberKey.Of(answer.Source), answer);

    /// <summary>Nobody waits any longer for one who has left.</summary>
    public void Forget(MemberKey member)
    {
        foreach (var awaited in _awaited.Values)
            awaited.Forget(member);
    }

    /// <summary>The session has ended: whoever waits is told, and whoever begins to.</summary>
    public void End(SlimException why)
    {
        _ended = why;
        foreach (var awaited in _awaited.Values)
            awaited.Fail(why);
    }

    internal void Remove(Awaited awaited) => _awaited.TryRemove(KeyValuePair.Create(awaited.Key, awaited));
}
