using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Protocol;

namespace Skytale.Application.Delivery;

/// <summary>
/// A channel in use: its single writer, and the end of its log in memory for those who keep up. What it judged is on its way to
/// the log at once, in order; nobody is told or delivered anything before it is stored. When storing fails the channel is
/// let go, and loaded anew by whoever needs it next.
/// </summary>
public sealed partial class ActiveChannel
{
    private readonly Lock _gate = new();
    private readonly Channel _channel;
    private readonly IChannelLog _log;
    private readonly ChannelTails _tails;
    private readonly TimeProvider _time;
    private readonly Queue<LogEntry> _pending = new();
    private readonly RecentMessages _recent = new();
    private readonly LogTail _tail;
    private readonly List<(Sequence From, Sequence By)> _voided = [];
    private Sequence _stored;
    private long _bytes;
    private Task _storing = Task.CompletedTask;
    private ChannelLogException? _failure;

    internal ActiveChannel(Channel channel, StoredChannel stored, IChannelLog log, ChannelTails tails, TimeProvider time)
    {
        _bytes = stored.Bytes;
        MessagesTrimmed = stored.MessagesTrimmed;
        CommitsTrimmed = stored.CommitsTrimmed;
        _channel = channel;
        _log = log;
        _tails = tails;
        _time = time;
        LastUsed = time.GetTimestamp();
        _stored = channel.Last;
        _tail = new LogTail(channel.Last);
    }

    public ChannelId Id => _channel.Id;

    public ChannelName Name => _channel.Record.Name;

    /// <summary>True when storing has failed: what is here is not what the log has.</summary>
    public bool IsLost => Volatile.Read(ref _failure) is not null;

    /// <summary>Messages up to here are gone.</summary>
    internal Sequence MessagesTrimmed { get; private set; }

    /// <summary>Commits up to here are gone.</summary>
    internal Sequence CommitsTrimmed { get; private set; }

    /// <summary>When it was last asked for something; a timestamp of the time provider.</summary>
    internal long LastUsed { get; private set; }

    /// <summary>Entries that somebody who has to acknowledge them has not.</summary>
    internal long Lag
    {
        get
        {
            lock (_gate)
                return (long)(_channel.Last.Value - _channel.AcknowledgedByAll.Value);
        }
    }

    /// <summary>True when nothing is on its way, and nothing is to be remembered that the log does not know.</summary>
    internal bool IsAtRest
    {
        get
        {
            lock (_gate)
                return _pending.Count == 0 && !_channel.IsAnyAllowanceTaken(_time.GetUtcNow());
        }
    }

    /// <summary>Lets go of a channel that is at rest; whoever still holds it finds it lost, and loads it again.</summary>
    internal bool TryRelease()
    {
        lock (_gate)
        {
            if (!IsAtRest)
                return false;
            _failure ??= new ChannelLogException(ChannelLogError.Conflict, "The channel was let go.");
            return true;
        }
    }

    /// <summary>Everything that is on its way now is stored.</summary>
    /// <exception cref="ChannelLogException">It could not be.</exception>
    public Task SettledAsync()
    {
        lock (_gate)
            return _storing;
    }

    /// <summary>Looks at the channel, or judges something that changes nothing.</summary>
    /// <exception cref="ChannelLogException">It is lost.</exception>
    public T Look<T>(Func<Channel, T> look)
    {
        LastUsed = _time.GetTimestamp();
        return LookUnseen(look);
    }

    /// <summary>As <see cref="Look"/>, by one who does not keep the channel in use.</summary>
    private T LookUnseen<T>(Func<Channel, T> look)
    {
        lock (_gate)
        {
            ThrowIfLost();
            return look(_channel);
        }
    }

    /// <summary>Gives a message its place; it is on its way to the log when this returns. A repeat of its id by the same sender has the first one's place.</summary>
    /// <exception cref="ChannelLogException">The log does not say whether it is a repeat, or the channel is lost.</exception>
    public async Task<Result<Placed>> PlaceAsync(AgentId sender, MessageId id, ReadOnlyMemory<byte> ciphertext, DateTimeOffset now)
    {
        while (true)
        {
            var looked = _recent.Count;
            var first = await _log.FindMessageAsync(Id, sender, id);
            lock (_gate)
            {
                ThrowIfLost();
                if (first is { } place && !IsVoid(place))
                    return new Placed(place, Task.CompletedTask);
                LastUsed = _time.GetTimestamp();
                if (_recent.Find(sender, id) is { } before)
                    return before;
                if (_recent.Count - looked > RecentMessages.Kept)
                    continue; // More came since the log was asked than are remembered here.
                var judged = _channel.Append(sender, id, ciphertext, now);
                if (!judged.IsSuccess)
                    return judged.Refusal;
                var placed = new Placed(judged.Value.Sequence, Store(judged.Value, null));
                _recent.Add(sender, id, placed);
                return placed;
            }
        }
    }

    /// <summary>Gives a judged commit its place; returns when it is stored with all that it changes.</summary>
    /// <exception cref="ChannelLogException">It could not be stored, or whether it was is not known.</exception>
    public async Task<Result<Sequence>> CommitAsync(JudgedCommit judged)
    {
        Task storing;
        Sequence sequence;
        lock (_gate)
        {
            ThrowIfLost();
            LastUsed = _time.GetTimestamp();
            var accepted = _channel.Accept(judged);
            if (!accepted.IsSuccess)
                return accepted.Refusal;
            sequence = accepted.Value.Entry.Sequence;
            storing = Store(accepted.Value.Entry, accepted.Value.Change);
        }
        await storing;
        return sequence;
    }

    /// <summary>Gives what a member tells of the group its place, where that is new; returns when it is stored.</summary>
    /// <exception cref="ChannelLogException">It could not be stored, or whether it was is not known.</exception>
    public async Task<Result<Sequence>> NoteAsync(Func<Channel, Result<Noted>> judge)
    {
        Task storing;
        Sequence sequence;
        lock (_gate)
        {
            ThrowIfLost();
            LastUsed = _time.GetTimestamp();
            var noted = judge(_channel);
            if (!noted.IsSuccess)
                return noted.Refusal;
            sequence = noted.Value.Sequence;
            // What an entry before it says may be on its way still.
            storing = noted.Value.Entry is { } entry ? Store(entry, noted.Value.Change) : _storing;
            if (noted.Value.Change?.Voids is { } voids)
                Forget(voids, sequence);
        }
        await storing;
        return sequence;
    }

    /// <summary>What is kept of the channel before a commit of this hash; null where it cannot be voided.</summary>
    /// <exception cref="ChannelLogException">The log does not give it now, or it cannot be read.</exception>
    public async Task<ReturnPoint?> FindBeforeAsync(ReadOnlyMemory<byte> hash)
    {
        if (Look(channel => channel.FindTentative(hash)) is not { } commit)
            return null;
        await SettledAsync(); // The commit may be on its way still.
        if (await _log.ReadBeforeAsync(Id, commit) is not { } before)
            return null;
        try
        {
            return Tls.Decode<ReturnPoint>(before);
        }
        catch (MlsException damaged)
        {
            throw new ChannelLogException(ChannelLogError.Corrupt, $"What was kept of channel {Id} before entry {commit} cannot be read: {damaged.Message}", damaged);
        }
    }

    /// <summary>What an agent may see; and whether, once it has seen that, no more can come.</summary>
    internal (Stay Stay, bool HasLeft) Follow(AgentId agent) => Look(channel =>
    {
        var stay = channel.Follow(agent, Sequence.Start).Value;
        return (stay, stay.RemovedAt is not null && !channel.MayBeMemberAgain(agent, _time.GetUtcNow()));
    });

    /// <summary>The next stored entries for a receiver within its stay, oldest first; none at the end. Moves the place past what was trimmed.</summary>
    internal async ValueTask<(IReadOnlyList<LogEntry> Entries, Sequence Position)> ReadAsync(Stay stay, Sequence after, int maxBytes)
    {
        Sequence end;
        lock (_gate)
        {
            ThrowIfLost();
            LastUsed = _time.GetTimestamp();
            end = stay.RemovedAt is { } removed && removed < _stored ? removed : _stored;
            if (after >= end)
                return ([], after);
            if (after >= MessagesTrimmed && _tail.TryRead(after, end, maxBytes) is { } here)
                return (here, here[^1].Sequence);
        }
        var read = await _log.ReadAsync(Id, after, maxBytes);
        var visible = read.Count > 0 && read[^1].Sequence > end ? [.. read.TakeWhile(entry => entry.Sequence <= end)] : read;
        return (visible, visible.Count > 0 ? visible[^1].Sequence : end);
    }

    /// <summary>The log forgets the ids of voided messages when it stores that they are; until then what it finds of them is not so.</summary>
    private void Forget(VoidedEntries voids, Sequence by)
    {
        _voided.Add((voids.From, by));
        _recent.Forget(voids.From);
    }

    private bool IsVoid(Sequence sequence) => _voided.Exists(voided => voided.From <= sequence && sequence < voided.By);

    private Task Store(LogEntry entry, GroupChange? change)
    {
        _pending.Enqueue(entry);
        return _storing = StoredAsync(entry.Sequence, _log.AppendAsync(Id, entry, change));
    }

    private async Task StoredAsync(Sequence sequence, Task storing)
    {
        try
        {
            await storing;
        }
        catch (ChannelLogException failure)
        {
            lock (_gate)
                _failure ??= failure;
            _tails.Pulse(Id);
            throw;
        }
        lock (_gate)
        {
            // Stored in order: whatever is before it is stored too.
            while (_pending.TryPeek(out var next) && next.Sequence <= sequence)
            {
                _tail.Add(_pending.Dequeue());
                _bytes += next.Encoded.Length;
            }
            if (sequence > _stored)
                _stored = sequence;
        }
        _tails.Pulse(Id);
    }

    private void ThrowIfLost()
    {
        if (_failure is { } failure)
            throw new ChannelLogException(failure.Error, failure.Message, failure);
    }
}

/// <summary>An entry that has its place in the order.</summary>
/// <param name="Stored">Completes when it is stored, and nobody is told of it before; faults with <see cref="ChannelLogException"/> where that failed.</param>
public sealed record Placed(Sequence Sequence, Task Stored);
