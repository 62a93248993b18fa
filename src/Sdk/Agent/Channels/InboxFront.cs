using Skytale.Sdk;
using Skytale.Protocol;
using Skytale.Protocol.Transport;

namespace Skytale.Agent.Channels;

/// <summary>
/// Moves the cursor over entries that nobody is shown: own messages and commits. A commit's epoch is stored when the
/// cursor reaches it, not before, because messages of the epoch before may be unread.
/// </summary>
internal sealed class InboxFront(ChannelSession session)
{
    /// <summary>Passes what stands in front of the next unread message, unless one that was shown is not acknowledged; under the gate.</summary>
    public async Task AdvanceAsync()
    {
        var moved = false;
        while (session.InFlight is null && session.Inbox.Front is { IsForApplication: false })
        {
            using var entry = session.Inbox.Take();
            Pass(entry);
            moved = true;
        }
        if (moved)
            await AcknowledgeAsync(session).ConfigureAwait(false);
    }

    /// <summary>Tells the relay how far the cursor is; under the gate. A connection that is gone will be told by the next one.</summary>
    public static async Task AcknowledgeAsync(ChannelSession session)
    {
        if (session.Delivery is not { } delivery)
            return;
        try
        {
            await delivery.AcknowledgeAsync(session.Cursor).ConfigureAwait(false);
        }
        catch (TransportException)
        {
            session.Delivery = null;
        }
    }

    private void Pass(InboxEntry entry)
    {
        switch (entry)
        {
            case EpochStart start:
                session.WriteRead(start.Sequence, transaction => ChannelSession.WriteEpoch(transaction, session.Id, start.Epoch, start.Receiving, start.Sequence));
                session.Reading.Dispose();
                session.Reading = start.Epoch;
                break;
            case MissedMessages missed:
                AgentLog.Missed(session.Context.Logger, session.Id.ToString(), missed.Count, missed.Sequence.Value);
                session.Missed?.Invoke(new MessagesMissed(missed.Count, missed.Sequence));
                break;
            case Removal:
                session.Write(transaction => transaction.RemoveChannel(session.Id, session.Head.Epoch));
                session.IsOver = true;
                break;
        }
        session.Cursor = entry.Sequence;
    }
}
