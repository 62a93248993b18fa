using Microsoft.Extensions.Logging;

namespace Skytale.Relay.Tests.Kit;

/// <summary>What a whole server logs, whoever of it says so.</summary>
internal sealed class SaidLines : ILoggerProvider
{
    private readonly LogLines _all = new();

    public IReadOnlyCollection<string> Lines => _all.Lines;

    public ILogger CreateLogger(string categoryName) => _all;

    public void Dispose()
    {
    }
}
