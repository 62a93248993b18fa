using System.ComponentModel;
using System.Diagnostics;

namespace Skytale.Testing;

/// <summary>skytale-server as a child process. Its standard input is a pipe of ours, whose end it heeds: so it ends with us, however we end.</summary>
internal sealed class ServerProgram : IAsyncDisposable
{
    private const int LinesKept = 50;
    private static readonly TimeSpan s_timeToStop = TimeSpan.FromSeconds(10);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("skytale-test-");
    private readonly Process _process;
    private readonly Queue<string> _lines = [];
    private readonly Action<string>? _onLine;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private ServerProgram(SkytaleTestServerOptions options)
    {
        _onLine = options.OnLine;
        _process = new Process { StartInfo = Described(options, _folder.FullName), EnableRaisingEvents = true };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Exited += (_, _) => _ready.TrySetException(new SkytaleTestServerException($"The server ended before it was ready. Its lines were:\n{Lines}"));
    }

    public string Home => _folder.FullName;

    public Uri Url { get; private set; } = null!;

    public string Certificate { get; private set; } = "";

    private string Lines
    {
        get
        {
            lock (_lines)
                return string.Join('\n', _lines);
        }
    }

    public static async Task<ServerProgram> StartAsync(SkytaleTestServerOptions options, CancellationToken cancellationToken)
    {
        var program = new ServerProgram(options);
        try
        {
            program._process.Start();
            program._process.BeginOutputReadLine();
            program._process.BeginErrorReadLine();
            await program._ready.Task.WaitAsync(options.StartTimeout, cancellationToken).ConfigureAwait(false);
            return program;
        }
        catch (Exception e) when (e is Win32Exception or TimeoutException)
        {
            await program.DisposeAsync().ConfigureAwait(false);
            throw new SkytaleTestServerException($"The server did not start: {e.Message} Its lines were:\n{program.Lines}", e);
        }
        catch
        {
            await program.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (IsRunning())
        {
            _process.StandardInput.Close();
            using var patience = new CancellationTokenSource(s_timeToStop);
            try
            {
                await _process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
        _process.Dispose();
        _folder.Delete(recursive: true);
    }

    private bool IsRunning()
    {
        try
        {
            return !_process.HasExited;
        }
        catch (InvalidOperationException)
        {
            return false; // It was never started.
        }
    }

    private void Take(string? line)
    {
        if (line is null)
            return;
        _onLine?.Invoke(line);
        lock (_lines)
        {
            _lines.Enqueue(line);
            if (_lines.Count > LinesKept)
                _lines.Dequeue();
        }
        // What the server says when it listens: a word, and what it is; the last of them is "channels".
        switch (line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            case ["api", var url]:
                Url = new Uri(url);
                break;
            case ["certificate", "sha256", var hash]:
                Certificate = hash;
                break;
            case ["channels", ..]:
                _ready.TrySetResult();
                break;
        }
    }

    private static ProcessStartInfo Described(SkytaleTestServerOptions options, string home)
    {
        var program = options.ServerProgram ?? (Environment.GetEnvironmentVariable("SKYTALE_SERVER_PROGRAM") is { Length: > 0 } named ? named : Path.Combine(AppContext.BaseDirectory, "skytale-server", "skytale-server.dll"));
        if (!File.Exists(program))
            throw new SkytaleTestServerException($"There is no server at {program}: it comes with the package Skytale.Testing, or is named by SkytaleTestServerOptions.ServerProgram or SKYTALE_SERVER_PROGRAM.");
        var start = new ProcessStartInfo
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SKYTALE_HOME"] = home;
        if (program.EndsWith(".dll", StringComparison.OrdinalIgnoreCase))
        {
            start.FileName = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } dotnet ? dotnet : "dotnet";
            start.ArgumentList.Add(program);
        }
        else
        {
            start.FileName = program;
        }
        // Each test is one address that signs up many; the cheapest hashes that the server takes.
        string[] own =
        [
            "--Roles=api,relay", "--Api:Listen=127.0.0.1:0", "--Relay:Listen=127.0.0.1:0", "--Relay:Log=memory", "--EndWithInput=true",
            "--Api:Limits:AddressPerMinute=1000000", "--Api:Limits:KeyPerMinute=1000000", "--Api:Limits:AccountPerMinute=1000000", "--Logging:LogLevel:Default=Warning",
        ];
        foreach (var setting in own.Concat(options.Settings))
            start.ArgumentList.Add(setting);
        return start;
    }
}
