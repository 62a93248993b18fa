namespace Skytale.Server;

/// <summary>
/// Something that is tried again and again, and fails as long as something else is away: the log says so when that begins and when it is
/// over, not each time. For one caller at a time.
/// </summary>
/// <param name="what">In words, for the log.</param>
internal sealed partial class Attempts(string what, ILogger log)
{
    private bool _isFailing;

    /// <summary>Tries once; whatever goes wrong is in the log.</summary>
    public async Task TryAsync(Func<CancellationToken, Task> act, CancellationToken stopping)
    {
        try
        {
            await act(stopping);
            if (_isFailing)
                WorksAgain(what);
            _isFailing = false;
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            if (!_isFailing)
                Fails(what, failure);
            _isFailing = true;
        }
    }

    [LoggerMessage(LogLevel.Error, "The server cannot {What}, and tries again until it can")]
    private partial void Fails(string what, Exception failure);

    [LoggerMessage(LogLevel.Information, "The server can {What} again")]
    private partial void WorksAgain(string what);
}
