using System.Diagnostics;
using System.Text.Json;

namespace Skytale.LivePeers.Tests.Peers;

/// <summary>Another implementation in a process of its own: a JSON object a line asks, one a line answers.</summary>
internal sealed class PeerProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _errors;
    private int _lastId;

    private PeerProcess(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>Starts ts-mls under node; the test is skipped where scripts/install-peers could not install them.</summary>
    public static PeerProcess StartTsMls() => Start("ts-mls", Installation.TsMls, Installation.Reason);

    /// <summary>Starts an application over SLIM's real client under node; the test is skipped where scripts/install-peers could not install them.</summary>
    public static PeerProcess StartSlim() => Start("slim-bindings", Installation.Slim, Installation.SlimReason);

    private static PeerProcess Start(string peer, string installed, string? reason)
    {
        if (reason is not null)
            Assert.Skip(reason);
        var start = new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, peer, "peer.mjs"), installed])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return new PeerProcess(Process.Start(start) ?? throw new InvalidOperationException("node did not start."));
    }

    /// <summary>One request and its answer; requests are asked one after the other.</summary>
    /// <param name="arguments">Beside "id" and "do".</param>
    /// <exception cref="PeerException">The peer refused the request.</exception>
    public async Task<JsonElement> AskAsync(string operation, Dictionary<string, object?> arguments)
    {
        var id = ++_lastId;
        var request = JsonSerializer.Serialize(new Dictionary<string, object?>(arguments) { ["id"] = id, ["do"] = operation }, JsonSerializerOptions.Web);
        try
        {
            await _process.StandardInput.WriteLineAsync(request).WaitAsync(Patience);
            await _process.StandardInput.FlushAsync().WaitAsync(Patience);
            var line = await ReadAnswerAsync().WaitAsync(Patience);
            var answer = JsonDocument.Parse(line).RootElement;
            answer.GetProperty("id").GetInt32().ShouldBe(id);
            return answer.TryGetProperty("error", out var error) ? throw new PeerException(operation, error.GetString()!) : answer.GetProperty("result");
        }
        catch (Exception e) when (e is TimeoutException or IOException)
        {
            await DisposeAsync();
            throw new ShouldAssertException($"{operation}: {e.Message} It wrote: {await _errors}", e);
        }
    }

    /// <summary>The next line that is an object: a library of the peer's may write its own lines between.</summary>
    private async Task<string> ReadAnswerAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith('{'))
                return line;
        }
        throw new EndOfStreamException("The peer ended.");
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync().WaitAsync(Patience);
    }
}
