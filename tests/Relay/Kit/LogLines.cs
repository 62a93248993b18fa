using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Skytale.Server.Relay;

namespace Skytale.Relay.Tests.Kit;

/// <summary>What the relay logs, line by line.</summary>
internal sealed class LogLines : ILogger<RelayServer>, ILogger<RevocationHost>, ILoggerFactory
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException("It is where the lines end.");

    public void Dispose()
    {
    }

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    /// <summary>What an operator sees: no details of what went well.</summary>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue($"{logLevel}: {formatter(state, exception)}{exception}");
}
