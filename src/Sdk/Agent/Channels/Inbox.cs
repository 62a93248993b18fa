using Skytale.Mls.Crypto;
using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Agent.Channels;

/// <summary>What was received and not passed yet, in the channel's order.</summary>
internal abstract record InboxEntry(Sequence Sequence) : IDisposable
{
    /// <summary>True for what waits until the application asks for it, and takes room.</summary>
    public virtual bool IsForApplication => false;

    /// <summary>Zeroes what it holds.</summary>
    public virtual void Dispose()
    {
    }
}

/// <summary>Somebody's message for the application.</summary>
/// <param name="Epoch">The epoch that it is of: nothing of one that was voided is shown.</param>
internal sealed record UnreadMessage(Sequence Sequence, EpochHandle Epoch, MessageContent Content) : InboxEntry(Sequence)
{
    public override bool IsForApplication => true;

    public override void Dispose()
    {
        Content.Dispose();
        base.Dispose();
    }
}

/// <summary>A message that nobody can read here; the application is told in its turn.</summary>
internal sealed record Unreadable(Sequence Sequence, EpochHandle Epoch, string Reason) : InboxEntry(Sequence)
{
    public override bool IsForApplication => true;
}

/// <summary>A message that this run of the agent sent itself.</summary>
internal sealed record OwnMessage(Sequence Sequence) : InboxEntry(Sequence);

/// <summary>The others' ratchets as of an entry: what can be stored once everything up to here is done with.</summary>
internal record RatchetMark(Sequence Sequence, EpochHandle Epoch, Secret Receiving) : InboxEntry(Sequence)
{
    public override void Dispose()
    {
        Receiving.Dispose();
        base.Dispose();
    }
}

/// <summary>A commit: behind it the next epoch begins.</summary>
internal sealed record EpochStart(Sequence Sequence, EpochHandle Epoch, Secret Receiving) : RatchetMark(Sequence, Epoch, Receiving);

/// <summary>Messages that the relay no longer kept when this agent came for them.</summary>
internal sealed record MissedMessages(Sequence Sequence, ulong Count) : InboxEntry(Sequence);

/// <summary>What the application is shown nothing of: a notice, a report, a wish, a commit that was voided with all behind it.</summary>
internal sealed record PassedOver(Sequence Sequence) : InboxEntry(Sequence);

/// <summary>The commit that removed this agent.</summary>
internal sealed record Removal(Sequence Sequence) : InboxEntry(Sequence);

/// <summary>What a message says, decrypted. It is zeroed when the last of its holders has disposed it.</summary>
/// <param name="generation">Of the sender's ratchet in the message's epoch; of a message in parts the last one's.</param>
internal sealed class MessageContent(MessageId id, AgentId sender, ulong generation, ContentHeader header, Secret body) : IDisposable
{
    private int _holders = 1;

    public MessageId Id { get; } = id;

    public AgentId Sender { get; } = sender;

    public ulong Generation { get; } = generation;

    public ContentHeader Header { get; } = header;

    public Secret Body { get; } = body;

    /// <summary>One more holder, while there is one.</summary>
    public MessageContent Hold()
    {
        Interlocked.Increment(ref _holders);
        return this;
    }

    public void Dispose()
    {
        if (Interlocked.Decrement(ref _holders) == 0)
            Body.Dispose();
    }
}

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

    /// <summary>Adds an entry; for one of the application's its room was waited for.</summary>
    public void Add(InboxEntry entry) => _entries.Enqueue(entry);

    public InboxEntry Take()
    {
        var entry = _entries.Dequeue();
        if (entry.IsForApplication)
            _room.Release();
        return entry;
    }
}
