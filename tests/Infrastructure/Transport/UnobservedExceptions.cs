using System.Collections.Concurrent;
using Skytale.Infrastructure.Tests.Transport;

[assembly: AssemblyFixture(typeof(UnobservedExceptions))]

namespace Skytale.Infrastructure.Tests.Transport;

/// <summary>No task of this assembly's whole run may have failed without anybody looking at it.</summary>
public sealed class UnobservedExceptions : IDisposable
{
    private readonly ConcurrentQueue<AggregateException> _seen = new();

    public UnobservedExceptions() => TaskScheduler.UnobservedTaskException += OnUnobserved;

    /// <summary>A task tells when it is collected: so everything is.</summary>
    public void Dispose()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        TaskScheduler.UnobservedTaskException -= OnUnobserved;
        _seen.ShouldBeEmpty(string.Join(Environment.NewLine, _seen));
    }

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs e) => _seen.Enqueue(e.Exception);
}
