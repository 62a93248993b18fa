using System.Collections.Immutable;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Skytale.Tests.EndToEnd;

/// <summary>A program in a process of its own: its lines, its exit code, and its end by a signal.</summary>
public sealed partial class RunningProgram : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly OutputLines _output = new();
    private readonly OutputLines _errors = new();
    private readonly Task _readers;

    private RunningProgram(Process process)
    {
        _process = process;
        _readers = Task.WhenAll(_output.ReadAsync(process.StandardOutput), _errors.ReadAsync(process.StandardError));
    }

    public int Id => _process.Id;

    public IReadOnlyList<string> Output => _output.Snapshot();

    public IReadOnlyList<string> Errors => _errors.Snapshot();

    /// <summary>Starts a program of this build.</summary>
    /// <param name="project">Whose output folder it is in.</param>
    /// <param name="home">Its SKYTALE_HOME.</param>
    public static RunningProgram Start(string project, string name, string home, params IEnumerable<string> arguments) => Start(project, name, home, ImmutableDictionary<string, string>.Empty, arguments);

    /// <param name="environment">Further variables.</param>
    public static RunningProgram Start(string project, string name, string home, IReadOnlyDictionary<string, string> environment, params IEnumerable<string> arguments)
    {
        var path = Path.Combine(Metadata("Programs"), project, Metadata("Configuration"), name);
        var start = new ProcessStartInfo(path, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["SKYTALE_HOME"] = home },
        };
        foreach (var (variable, value) in environment)
            start.Environment[variable] = value;
        return new RunningProgram(Process.Start(start) ?? throw new InvalidOperationException($"{path} did not start."));
    }

    public Task<string> WaitForOutputAsync(Func<string, bool> wanted) => WaitAsync(_output, wanted);

    public Task<string> WaitForErrorAsync(Func<string, bool> wanted) => WaitAsync(_errors, wanted);

    public async Task WriteLineAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Writes the rest of the standard input and ends it; a program that ended before it had read all is no failure here.</summary>
    public async Task EndInputAsync(params byte[] rest)
    {
        try
        {
            await _process.StandardInput.BaseStream.WriteAsync(rest);
            _process.StandardInput.Close();
        }
        catch (IOException) when (_process.WaitForExit(Patience))
        {
            // Its exit code and lines tell what it thought of the input.
        }
    }

    /// <summary>SIGKILL: nothing is cleaned up.</summary>
    public async Task<int> KillAsync()
    {
        _process.Kill();
        return await EndAsync();
    }

    /// <summary>SIGINT, as Ctrl+C.</summary>
    public Task<int> InterruptAsync() => SignalAsync(2);

    /// <summary>SIGTERM.</summary>
    public Task<int> TerminateAsync() => SignalAsync(15);

    /// <summary>SIGHUP: it goes on.</summary>
    public void HangUp() => Signal(1);

    /// <summary>Waits for the end of the program and of its output.</summary>
    public async Task<int> EndAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        await _readers.WaitAsync(Patience);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task<int> SignalAsync(int signal)
    {
        Signal(signal);
        return await EndAsync();
    }

    private void Signal(int signal)
    {
        if (Kill(_process.Id, signal) != 0)
            throw new InvalidOperationException($"kill: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    private async Task<string> WaitAsync(OutputLines lines, Func<string, bool> wanted)
    {
        try
        {
            return await lines.WaitAsync(wanted, TestContext.Current.CancellationToken).WaitAsync(Patience);
        }
        catch (Exception exception) when (exception is TimeoutException or EndOfStreamException)
        {
            throw new ShouldAssertException($"{exception.Message} Its lines were:\n{string.Join('\n', [.. Output, .. Errors])}", exception);
        }
    }

    private static string Metadata(string key) => typeof(RunningProgram).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int pid, int signal);
}
