using System.Diagnostics;

namespace Skytale.Chaos.Running;

/// <summary>A program in a process of its own, whose lines are read as they come, and which is killed with SIGKILL.</summary>
internal sealed class Child : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(240);

    private readonly Process _process;
    private readonly Task _reading;
    private readonly List<string> _errors = [];

    private Child(Process process, Action<string> take)
    {
        _process = process;
        _reading = Task.WhenAll(
            ReadAsync(process.StandardOutput, take),
            ReadAsync(process.StandardError, line =>
            {
                lock (_errors)
                    _errors.Add(line);
            }));
    }

    /// <summary>The process id.</summary>
    public int Id => _process.Id;

    /// <summary>Completes when the program has ended and all that it said was taken.</summary>
    public Task Ended => _reading;

    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_errors)
                return [.. _errors.TakeLast(20)];
        }
    }

    /// <param name="take">Called with each line of the standard output, one after the other.</param>
    public static Child Start(ProcessStartInfo start, Action<string> take)
    {
        start.UseShellExecute = false;
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        return new Child(Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start."), take);
    }

    /// <summary>Where a program of this build is: beside this one.</summary>
    public static string PathOf(string project, string name)
    {
        var folder = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        return Path.Combine(folder.Parent!.Parent!.FullName, project, folder.Name, name);
    }

    public async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    public async Task<int> ExitCodeAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return _process.ExitCode;
    }

    /// <summary>SIGKILL; returns when every line that it had written was taken.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        await _reading.WaitAsync(Patience);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private static async Task ReadAsync(StreamReader stream, Action<string> take)
    {
        while (await stream.ReadLineAsync() is { } line)
            take(line);
    }
}
