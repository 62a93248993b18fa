using Microsoft.Extensions.Logging;

namespace Skytale.Chaos.Agents;

/// <summary>What the SDK logs, in a file behind what the processes before wrote there.</summary>
internal sealed class LogFile(string path) : ILoggerFactory, ILogger
{
    private readonly Lock _gate = new();
    private readonly StreamWriter _writer = new(path, append: true) { AutoFlush = true };

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_gate)
            _writer.WriteLine($"{DateTime.UtcNow:HH:mm:ss.fff} {Environment.ProcessId} {formatter(state, exception)} {exception}");
    }

    public void Dispose() => _writer.Dispose();
}
