using System.Collections.Concurrent;

namespace Skytale.Server.Operations;

/// <summary>
/// A log for what others can cause, as often as they like: of each kind of warning a few a second are written, the rest is told
/// as a number. What is no warning is written as it comes. The loggers may be called concurrently; the inner factory stays its owner's.
/// </summary>
internal sealed partial class FewLines(ILoggerFactory inner, TimeProvider time) : ILoggerFactory
{
    /// <summary>Lines a second of each kind.</summary>
    internal const int PerSecond = 10;

    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    public ILogger CreateLogger(string categoryName) => new Few(inner.CreateLogger(categoryName), time);

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public void Dispose()
    {
        // The inner one is another's.
    }

    private sealed partial class Few(ILogger log, TimeProvider time) : ILogger
    {
        private readonly ConcurrentDictionary<EventId, Second> _seconds = new();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => log.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => log.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Warning)
            {
                var (isWritten, before) = _seconds.GetOrAdd(eventId, _ => new Second(time)).Count();
                if (before > 0)
                    More(log, before, eventId.Name ?? eventId.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
                if (!isWritten)
                    return;
            }
            log.Log(logLevel, eventId, state, exception, formatter);
        }

        [LoggerMessage(LogLevel.Warning, "{Count} more lines like the next, {Kind}, were left out")]
        private static partial void More(ILogger log, int count, string kind);
    }

    /// <summary>One kind's lines since its second began.</summary>
    private sealed class Second(TimeProvider time)
    {
        private readonly Lock _gate = new();
        private long _begun = time.GetTimestamp();
        private int _written;
        private int _leftOut;

        /// <returns>Whether this one is written, and how many were left out that nobody was told of.</returns>
        public (bool IsWritten, int Before) Count()
        {
            lock (_gate)
            {
                var before = 0;
                if (time.GetElapsedTime(_begun) >= s_second)
                {
                    before = _leftOut;
                    (_begun, _written, _leftOut) = (time.GetTimestamp(), 0, 0);
                }
                if (_written == PerSecond)
                {
                    _leftOut++;
                    return (false, before);
                }
                _written++;
                return (true, before);
            }
        }
    }
}
