using Skytale.Protocol;
using Skytale.Protocol.Transport;

namespace Skytale.Server.Relay;

/// <summary>Says in the log who was turned away, a few a second: anybody can be, as often as they like. The others are told as a number. May be called concurrently.</summary>
internal sealed class RefusedStrangers(TimeProvider time, ILogger log)
{
    /// <summary>Lines a second.</summary>
    internal const int PerSecond = 10;

    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private long _begun = time.GetTimestamp();
    private int _said;
    private int _unsaid;

    public void Say(TransportKind kind, Refusal refusal)
    {
        var before = 0;
        lock (_gate)
        {
            if (time.GetElapsedTime(_begun) >= s_second)
            {
                before = _unsaid;
                (_begun, _said, _unsaid) = (time.GetTimestamp(), 0, 0);
            }
            if (_said == PerSecond)
            {
                _unsaid++;
                return;
            }
            _said++;
        }
        if (before > 0)
            log.MoreRefused(before);
        log.ConnectionClosed(RelayLog.Tag(null), kind.InWords(), refusal.Code.Name(), refusal.Detail);
    }
}
