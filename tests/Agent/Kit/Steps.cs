using Skytale.Sdk;

namespace Skytale.Tests.Kit;

/// <summary>What a join said that it waits for.</summary>
internal sealed class Steps : IProgress<JoinProgress>
{
    private readonly Lock _gate = new();
    private readonly List<JoinStep> _seen = [];

    public IReadOnlyList<JoinStep> Seen
    {
        get
        {
            lock (_gate)
                return [.. _seen];
        }
    }

    public void Report(JoinProgress value)
    {
        lock (_gate)
            _seen.Add(value.Step);
    }

    /// <summary>Returns when it was said.</summary>
    public async Task SeenAsync(JoinStep step)
    {
        using var patience = new CancellationTokenSource(Reading.Patience);
        while (!Seen.Contains(step))
            await Task.Delay(10, patience.Token);
    }
}
