using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>
/// Moves the cursor over entries that nobody is shown: own messages and commits. A commit's epoch is stored when the
/// cursor reaches it, not before, because messages of the epoch before may be unread.
/// </summary>
internal sealed class InboxFront(ChannelSession session)
{
    /// <summary>Passes what stands in front of the next unread message, unless one that was shown is not acknowledged; under the gate.</summary>
    public void Advance()
    {
        while (session.InFlight is null && session.Inbox.Front is { IsForApplication: false })
            Pass(session.Inbox.Take());
    }

    private void Pass(InboxEntry entry)
    {
        switch (entry)
        {
            case RatchetMark mark:
                if (mark is EpochStart start)
                    Enter(start.Epoch);
                session.Progress.Pass(mark);
                return;
            case MissedMessages missed:
                AgentLog.Missed(session.Context.Logger, session.Id.ToString(), missed.Count, missed.Sequence.Value);
                session.Missed?.Invoke(new MessagesMissed(missed.Count, missed.Sequence));
                break;
            case Removal:
                session.Write(transaction => transaction.RemoveChannel(session.Id, session.Head.Epoch));
                session.IsOver = true;
                break;
        }
        session.Progress.Pass(entry.Sequence);
    }

    private void Enter(EpochHandle epoch)
    {
        session.Progress.Leave(session.Reading);
        session.Reading.Dispose();
        session.Reading = epoch;
    }
}
