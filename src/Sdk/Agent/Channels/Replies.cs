using Skytale.Protocol;

namespace Skytale.Agent.Channels;

/// <summary>
/// Requests of this agent's that wait for a reply. A reply that is waited for goes to whoever asked, when it arrives, before
/// messages that stand in front of it; any other is a message like all. Used under the session's gate.
/// </summary>
internal sealed class Replies : IDisposable
{
    private readonly Dictionary<MessageId, Waiting> _waiting = [];

    /// <summary>Begins to wait, before the request is sent.</summary>
    /// <param name="from">Whose reply; null: anybody's.</param>
    public Waiting Expect(MessageId request, AgentId? from)
    {
        var waiting = new Waiting(from);
        _waiting.Add(request, waiting);
        return waiting;
    }

    /// <summary>Ends to wait.</summary>
    public void Forget(MessageId request) => _waiting.Remove(request);

    /// <summary>True when somebody waited for it and has it now.</summary>
    public bool TryTake(UnreadMessage reply)
    {
        if (_waiting.Count == 0 || reply.Content.Header.ReplyTo is not { } request || !_waiting.TryGetValue(request, out var waiting))
            return false;
        if (waiting.From is { } from && from != reply.Content.Sender)
            return false;
        _waiting.Remove(request);
        waiting.Reply = reply;
        return true;
    }

    public void Dispose() => _waiting.Clear();

    /// <summary>Somebody who waits.</summary>
    internal sealed class Waiting(AgentId? from)
    {
        public AgentId? From { get; } = from;

        /// <summary>The reply, once it is there: whoever waits disposes it.</summary>
        public UnreadMessage? Reply { get; set; }
    }
}
