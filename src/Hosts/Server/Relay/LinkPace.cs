using Skytale.Protocol;

namespace Skytale.Server.Relay;

/// <summary>
/// When the next frame of a link has its turn. Envelopes have no answer that could refuse them, so who is too fast is read more
/// slowly; who stays so is refused, because what is not read fills the connection that all links of a proxy share.
/// </summary>
/// <param name="count">Counts a frame: <see cref="RequestRates.LinkCounterOf"/>.</param>
internal sealed class LinkPace(Func<Refusal?> count, TimeProvider time)
{
    /// <summary>How long a link may be over its rate.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>A link that was not held up for so long is within its rate.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);

    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(20);

    private long _since;
    private long _last;

    /// <summary>Returns when the frame's turn has come.</summary>
    /// <returns>Null, or <see cref="ErrorCode.RateLimited"/> for a link that has had all patience.</returns>
    public async Task<Refusal?> TakeTurnAsync(CancellationToken cancellationToken)
    {
        while (count() is { } tooMany)
        {
            var now = time.GetTimestamp();
            if (_last == 0 || time.GetElapsedTime(_last, now) > Quiet)
                _since = now;
            _last = now;
            if (time.GetElapsedTime(_since, now) > Patience)
                return tooMany;
            await Task.Delay(s_wait, time, cancellationToken);
        }
        return null;
    }
}
