using System.Collections.Concurrent;
using Skytale.Protocol.Envelopes;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>What answers are found by: what is waited for, and the number that it repeats.</summary>
internal readonly record struct RequestKey(SessionMessageType Answer, uint MessageId);

/// <summary>Everything of a session that waits for answers.</summary>
/// <param name="publish">Sends again.</param>
internal sealed class Requests(Func<Envelope, CancellationToken, ValueTask> publish, TimeProvider time, TimeSpan interval, int maxRetries)
{
    private readonly ConcurrentDictionary<RequestKey, Awaited> _awaited = new();
    private SlimException? _ended;

    public Func<Envelope, CancellationToken, ValueTask> Publish => publish;

    public TimeProvider Time => time;

    public TimeSpan Interval => interval;

    public int MaxRetries => maxRetries;

    /// <summary>Begins to wait for answers; the message is sent after this, so that none comes too early.</summary>
    /// <exception cref="SlimException">Another message has that number: one that somebody else chose.</exception>
    public Awaited Expect(RequestKey key, IEnumerable<MemberKey> from)
    {
        var awaited = new Awaited(this, key, from);
        if (!_awaited.TryAdd(key, awaited))
            throw new SlimException(SlimError.ProtocolViolation, $"Message {key.MessageId} waits for its {key.Answer} already.");
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
