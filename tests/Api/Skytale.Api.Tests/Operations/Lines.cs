using Microsoft.Extensions.Logging;

namespace Skytale.Tests.Operations;

/// <summary>A log whose lines a test reads: level, text, and the exception where there is one.</summary>
internal sealed class Lines<T> : ILogger<T>
{
    public List<string> All { get; } = [];

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        All.Add($"{logLevel}: {formatter(state, exception)} {exception}");
}
