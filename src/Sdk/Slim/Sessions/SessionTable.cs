using Skytale.Protocol.Envelopes;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>
/// An agent's sessions. Their numbers are chosen by whoever creates them, so that two may have the same: the message's
/// sender decides. May be used concurrently.
/// </summary>
internal sealed class SessionTable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<uint, List<SlimSession>> _sessions = [];
    private bool _closed;

    public IReadOnlyList<SlimSession> All
    {
        get
        {
            lock (_gate)
                return [.. _sessions.Values.SelectMany(sessions => sessions)];
        }
    }

    public bool Has(uint id)
    {
        lock (_gate)
            return _sessions.ContainsKey(id);
    }

    /// <returns>False when the agent is going.</returns>
    public bool TryAdd(SlimSession session)
    {
        lock (_gate)
        {
            if (_closed)
                return false;
            if (!_sessions.TryGetValue(session.Id, out var sessions))
                _sessions[session.Id] = sessions = [];
            sessions.Add(session);
            return true;
        }
    }

    public void Remove(SlimSession session)
    {
        lock (_gate)
        {
            if (_sessions.TryGetValue(session.Id, out var sessions) && sessions.Remove(session) && sessions.Count == 0)
                _sessions.Remove(session.Id);
        }
    }

    /// <summary>The session that a message is of and that is not over: one that its sender moderates, takes part in, or may be asked into by this agent.</summary>
    public SlimSession? Find(Envelope envelope)
    {
        lock (_gate)
        {
            if (!_sessions.TryGetValue(envelope.Session.SessionId, out var ofThatNumber))
                return null;
            var sessions = ofThatNumber.FindAll(session => !session.Closed.IsCompleted);
            var byModerator = sessions.Find(session => session.IsModeratedBy(envelope.Source));
            if (byModerator is not null || Command.TypeOf(envelope) == SessionMessageType.JoinRequest)
                return byModerator;
            return sessions.Find(session => session.Has(envelope.Source)) ?? sessions.Find(session => session.IsModerator);
        }
    }

    /// <summary>Takes no more sessions.</summary>
    /// <returns>Those that there are.</returns>
    public IReadOnlyList<SlimSession> Close()
    {
        lock (_gate)
            _closed = true;
        return All;
    }
}
