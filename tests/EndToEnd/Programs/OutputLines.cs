namespace Skytale.Tests.EndToEnd;

/// <summary>The lines of a stream as they come, kept; any number may wait for one.</summary>
internal sealed class OutputLines
{
    private readonly Lock _gate = new();
    private readonly List<string> _lines = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _ended;

    public IReadOnlyList<string> Snapshot()
    {
        lock (_gate)
            return [.. _lines];
    }

    public async Task ReadAsync(StreamReader stream)
    {
        while (await stream.ReadLineAsync() is { } line)
            Change(() => _lines.Add(line));
        Change(() => _ended = true);
    }

    /// <summary>The first line, past or future, that is wanted.</summary>
    /// <exception cref="EndOfStreamException">The stream ended without one.</exception>
    public async Task<string> WaitAsync(Func<string, bool> wanted, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_lines.FirstOrDefault(wanted) is { } line)
                    return line;
                if (_ended)
                    throw new EndOfStreamException("The program ended without the line that was waited for.");
                changed = _changed.Task;
            }
            await changed.WaitAsync(cancellationToken);
        }
    }

    private void Change(Action change)
    {
        TaskCompletionSource before;
        lock (_gate)
        {
            change();
            before = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        before.SetResult();
    }
}
