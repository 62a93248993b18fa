using System.Diagnostics;
using System.Threading.Channels;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>One direction of a <see cref="BadNetwork"/>: the same fates for the same seed and order.</summary>
internal sealed class PathDirection(PathConditions conditions, int seed)
{
    private const int HeaderBytes = 18; // Enough for a short header with its connection id.

    private readonly (Harm Harm, int Percent)[] _fates =
    [
        (Harm.Loss, conditions.Lost), (Harm.Flip, conditions.Flipped), (Harm.Truncation, conditions.Truncated),
        (Harm.Double, conditions.Doubled), (Harm.Swap, conditions.Swapped), (Harm.Injection, conditions.Injected),
    ];

    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly Channel<(long SentAt, byte[] Datagram)> _underWay = Channel.CreateUnbounded<(long, byte[])>();
    private byte[]? _held;
    private int _harmed;
    private readonly TaskCompletionSource _dropped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isDown;

    private enum Harm { None, Loss, Flip, Truncation, Double, Swap, Injection }

    /// <summary>True: nothing goes through.</summary>
    internal bool IsDown { get => _isDown; set => _isDown = value; }

    /// <summary>Completes with the first datagram that came while nothing went through.</summary>
    internal Task Dropped => _dropped.Task;

    /// <summary>Datagrams that did not go through as they were.</summary>
    internal int Harmed => Volatile.Read(ref _harmed);

    /// <summary>A datagram goes in.</summary>
    internal void Take(ReadOnlySpan<byte> received)
    {
        if (IsDown)
        {
            _dropped.TrySetResult();
            return;
        }
        var datagram = received.ToArray();
        lock (_gate)
        {
            var fate = Fate();
            if (fate != Harm.None)
                _harmed++;
            switch (fate)
            {
                case Harm.Loss:
                    return;
                case Harm.Swap when _held is null:
                    _held = datagram;
                    return;
                case Harm.Flip:
                    datagram[_random.Next(datagram.Length)] ^= (byte)(1 << _random.Next(8));
                    break;
                case Harm.Truncation:
                    datagram = datagram[.._random.Next(1, datagram.Length)];
                    break;
                case Harm.Double:
                    Send(datagram);
                    break;
                case Harm.Injection:
                    var forged = datagram.ToArray();
                    _random.NextBytes(forged.AsSpan(Math.Min(HeaderBytes, forged.Length)));
                    Send(forged);
                    break;
            }
            Send(datagram);
            if (_held is not null)
                Send(_held);
            _held = null;
        }
    }

    /// <summary>The next datagram that comes out, when its time has come.</summary>
    internal async Task<byte[]> NextAsync(CancellationToken cancellationToken)
    {
        var (sentAt, datagram) = await _underWay.Reader.ReadAsync(cancellationToken);
        var left = conditions.Delay - Stopwatch.GetElapsedTime(sentAt);
        if (left > TimeSpan.Zero)
            await Task.Delay(left, cancellationToken);
        return datagram;
    }

    private void Send(byte[] datagram) => _underWay.Writer.TryWrite((Stopwatch.GetTimestamp(), datagram));

    private Harm Fate()
    {
        var left = _random.Next(100);
        foreach (var (harm, percent) in _fates)
        {
            if (left < percent)
                return harm;
            left -= percent;
        }
        return Harm.None;
    }
}
