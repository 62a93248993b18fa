using Skytale.Mls.Crypto;
using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Agent.Channels;

/// <summary>What was received and not passed yet, in the channel's order.</summary>
internal abstract record InboxEntry(Sequence Sequence);

/// <summary>Somebody's message, encrypted still, with the epoch that opens it.</summary>
internal sealed record UnreadMessage(Sequence Sequence, EpochHandle Epoch, DeliverMessage Frame) : InboxEntry(Sequence);

/// <summary>A message that this run of the agent sent itself.</summary>
internal sealed record OwnMessage(Sequence Sequence) : InboxEntry(Sequence);

/// <summary>A commit: behind it the next epoch begins.</summary>
internal sealed record EpochStart(Sequence Sequence, EpochHandle Epoch) : InboxEntry(Sequence);

/// <summary>Messages that the relay no longer kept when this agent came for them.</summary>
internal sealed record MissedMessages(Sequence Sequence, ulong Count) : InboxEntry(Sequence);

/// <summary>What is of the channel's order and of no epoch: a report, a wish, a commit that was voided with all behind it.</summary>
internal sealed record PassedOver(Sequence Sequence) : InboxEntry(Sequence);

/// <summary>The commit that removed this agent.</summary>
internal sealed record Removal(Sequence Sequence) : InboxEntry(Sequence);

/// <summary>A message that was shown and not acknowledged, with its own copy of the plaintext.</summary>
internal sealed record InFlight(Sequence Sequence, AgentId Sender, Secret Content);

/// <summary>The received entries that wait for the application. Used under the session's gate, but for <see cref="WaitForRoomAsync"/>.</summary>
internal sealed class Inbox
{
    /// <summary>How many messages wait in memory at most; further ones stay at the relay.</summary>
    public const int Window = 256;

    private readonly Queue<InboxEntry> _entries = new();
    private readonly SemaphoreSlim _room = new(Window);

    public InboxEntry? Front => _entries.TryPeek(out var entry) ? entry : null;

    /// <summary>The epochs that begin in here.</summary>
    public IEnumerable<EpochHandle> Epochs => _entries.OfType<EpochStart>().Select(start => start.Epoch);

    /// <summary>True while a received message waits for room: nothing behind it arrives before something is read.</summary>
    public bool IsBlocked { get; set; }

    /// <summary>Makes room for one more message, if there is any.</summary>
    public bool TryTakeRoom() => _room.Wait(0);

    /// <summary>Waits until one more message may be added.</summary>
    public Task WaitForRoomAsync(CancellationToken cancellationToken) => _room.WaitAsync(cancellationToken);

    /// <summary>Gives back the room of a message that cannot be read.</summary>
    public void ReturnRoom() => _room.Release();

    /// <summary>Adds an entry; for an <see cref="UnreadMessage"/> its room was waited for.</summary>
    public void Add(InboxEntry entry) => _entries.Enqueue(entry);

    public InboxEntry Take()
    {
        var entry = _entries.Dequeue();
        if (entry is UnreadMessage)
            _room.Release();
        return entry;
    }
}
