using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Application.Delivery;

/// <summary>
/// One receiver's way through a channel: what is there, then what comes. It keeps a place in the channel's log and nothing
/// else, so that a receiver that does not take its entries lags without a cost. One caller at a time.
/// </summary>
public sealed class Subscription : IDisposable
{
    /// <summary>Entries in one batch at most.</summary>
    public const int MaxBatch = 256;

    private readonly Cursor _cursor;
    private readonly Channel _channel;
    private readonly ChannelTails _tails;
    private readonly Signal _signal;
    private bool _disposed;

    internal Subscription(Channel channel, Cursor cursor, ChannelTails tails)
    {
        _channel = channel;
        _cursor = cursor;
        _tails = tails;
        _signal = tails.Listen(channel.Id);
        Last = channel.Log.Last;
    }

    /// <summary>The channel's newest entry when the subscription was made.</summary>
    public Sequence Last { get; }

    /// <summary>The next entries, oldest first; waits for some. Empty when the agent was removed and has been given all that it may see.</summary>
    public async ValueTask<ReadOnlyMemory<LogEntry>> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = _signal.Next;
            var batch = _cursor.Take(MaxBatch);
            if (!batch.IsEmpty || _cursor.IsOver)
                return batch;
            await changed.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The receiver has stored or shown everything up to here. May be called while <see cref="NextAsync"/> waits.</summary>
    /// <returns>False: that was not delivered yet.</returns>
    public bool TryAcknowledge(Sequence sequence) => _cursor.TryAcknowledge(sequence);

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _tails.Release(_channel.Id);
    }
}
