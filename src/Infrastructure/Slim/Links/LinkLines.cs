using Microsoft.Extensions.Logging;

namespace Skytale.Slim.Links;

/// <summary>
/// What the log says of a link's messages that go no further and of its names that are refused: the first of each sort, for there
/// may be as many as an application likes. The metrics count all.
/// </summary>
internal sealed class LinkLines(long link, SlimMetrics metrics, ILogger log)
{
    private bool _hasSaidNotTaken;
    private bool _hasSaidUndeliverable;
    private bool _hasSaidNameRefused;

    /// <summary>A message of the application's was too long, as a whole or in one of its parts.</summary>
    public void TooLong(string reason)
    {
        metrics.Dropped("too_long");
        if (IsFirst(ref _hasSaidNotTaken))
            log.NotTaken(link, reason);
    }

    /// <summary>A message for the application cannot be sent to it.</summary>
    /// <param name="metric">Why, in a word.</param>
    public void Undeliverable(string metric, string reason)
    {
        metrics.Dropped(metric);
        if (IsFirst(ref _hasSaidUndeliverable))
            log.Undeliverable(link, reason);
    }

    /// <summary>A name was not subscribed or not taken back.</summary>
    public void NameRefused(string code, string detail)
    {
        if (IsFirst(ref _hasSaidNameRefused))
            log.NameRefused(link, code, detail);
    }

    private static bool IsFirst(ref bool hasSaid) => !Interlocked.Exchange(ref hasSaid, true);
}
