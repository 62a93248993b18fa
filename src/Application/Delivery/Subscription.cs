using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Application.Delivery;

/// <summary>
/// One receiver's way through a channel: what is there, then what comes. It keeps a place in the channel's log and nothing
/// else, so that a receiver that does not take its entries lags without a cost. One caller at a time.
/// </summary>
public sealed class Subscription : IDisposable
{
    /// <summary>Bytes of frames in one batch at most, unless one frame is larger.</summary>
    private const int MaxBatch = 256 << 10;

    /// <summary>The wait before a log that gave nothing is asked again.</summary>
    internal static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(500);

    private readonly ActiveChannels _channels;
    private readonly ChannelTails _tails;
    private readonly JoinRequests _requests;
    private readonly ChannelId _channel;
    private readonly AgentId _agent;
    private readonly Signal _signal;
    private Stay _stay;
    private ulong _position;
    private ulong _lastRequest;
    private bool _disposed;

    internal Subscription(ActiveChannels channels, ChannelTails tails, JoinRequests requests, ChannelId channel, AgentId agent, Stay stay, Sequence after, Sequence last)
    {
        _channels = channels;
        _tails = tails;
        _requests = requests;
        _channel = channel;
        _agent = agent;
        _stay = stay;
        _position = after.Value;
        _signal = tails.Listen(channel);
        Last = last;
    }

    /// <summary>The newest entry that the agent might see when the subscription was made.</summary>
    public Sequence Last { get; }

    /// <summary>The last entry that was taken, or the one that it started behind.</summary>
    public Sequence Position => new(Volatile.Read(ref _position));

    /// <summary>True once commits are gone that the receiver has not been given.</summary>
    public bool IsTooFarBehind { get; private set; }

    /// <summary>True once the operator has closed the channel.</summary>
    public bool IsClosed => _channels.IsClosed(_channel);

    /// <summary>
    /// The next entries' frames, oldest first, and where messages went a <see cref="Gap"/>, or requests to join; waits for some, also through a time
    /// when the log gives nothing. Empty when the agent was removed by a commit that stands and has been given all that it may see,
    /// or is too far behind, or the channel is closed.
    /// </summary>
    public async ValueTask<IReadOnlyList<ReadOnlyMemory<byte>>> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = _signal.Next;
            if (IsClosed)
                return [];
            try
            {
                var found = await _channels.FindAsync(_channel);
                if (!found.IsSuccess)
                    return [];
                var isOver = Follow(found.Value);
                IsTooFarBehind = Position < found.Value.CommitsTrimmed;
                if (IsTooFarBehind || (isOver && _stay.RemovedAt is null))
                    return [];
                if (_stay.RemovedAt is null && TakeRequests() is { Count: > 0 } waiting)
                    return waiting;
                var before = Position;
                var (entries, position) = await found.Value.ReadAsync(_stay, before, MaxBatch);
                Volatile.Write(ref _position, position.Value);
                if (position > before)
                    return Frames(before, entries, position);
                if (isOver && position >= _stay.RemovedAt)
                    return [];
            }
            catch (ChannelLogException failure) when (failure.Error == ChannelLogError.Conflict)
            {
                continue; // The channel was let go: it is loaded again.
            }
            catch (ChannelLogException failure) when (failure.Error == ChannelLogError.Unavailable)
            {
                await Task.Delay(BetweenTries, cancellationToken);
                continue;
            }
            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Looks how the stay goes on; another that began behind it is another subscription's.</summary>
    /// <returns>True when nothing comes behind the removal that ended it, which may have been missed.</returns>
    private bool Follow(ActiveChannel channel)
    {
        var (stay, hasLeft) = channel.Follow(_agent);
        if (stay.JoinedAfter > _stay.JoinedAfter)
            return true;
        _stay = stay;
        return hasLeft;
    }

    /// <summary>The requests to join that wait for a member and were not given to this one.</summary>
    private IReadOnlyList<ReadOnlyMemory<byte>> TakeRequests()
    {
        var (frames, last) = _requests.Behind(_channel, _lastRequest);
        _lastRequest = last;
        return frames;
    }

    private static List<ReadOnlyMemory<byte>> Frames(Sequence before, IReadOnlyList<LogEntry> entries, Sequence position)
    {
        var frames = new List<ReadOnlyMemory<byte>>(entries.Count);
        foreach (var entry in entries)
        {
            if (entry.Sequence > before.Next)
                frames.Add(FrameCodec.Encode(new Gap(new Sequence(entry.Sequence.Value - 1))));
            frames.Add(entry.Encoded);
            before = entry.Sequence;
        }
        if (position > before)
            frames.Add(FrameCodec.Encode(new Gap(position)));
        return frames;
    }

    /// <summary>The receiver has stored or shown everything up to here. May be called while <see cref="NextAsync"/> waits.</summary>
    /// <returns>False: that was not delivered yet.</returns>
    public async ValueTask<bool> TryAcknowledgeAsync(Sequence sequence)
    {
        if (sequence > Position)
            return false;
        var acknowledged = await _channels.UseAsync(_channel, channel =>
        {
            var stay = channel.Look(followed => followed.Follow(_agent, Sequence.Start));
            stay.Value.Acknowledge(sequence);
            return Task.FromResult<Result<Sequence>>(sequence);
        });
        return acknowledged.IsSuccess || acknowledged.Refusal.Code is ErrorCode.Unavailable or ErrorCode.ChannelClosed; // Then it is only forgotten.
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _tails.Release(_channel);
    }
}
