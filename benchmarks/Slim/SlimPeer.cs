using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Skytale.Chaos.Running;
using Skytale.LivePeers.Tests.Peers;

namespace Skytale.Benchmarks.Slim;

/// <summary>The real SLIM library in a node process of its own: an application, or a node.</summary>
internal sealed class SlimPeer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonElement>> _asked = new();
    private readonly Child _child;
    private int _lastId;

    public SlimPeer() =>
        _child = Child.Start(new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "peer.mjs"), Installation.Slim]), Take);

    /// <summary>The process id.</summary>
    public int Id => _child.Id;

    /// <summary>Asks for one of the operations of peer.mjs, which it carries out in turn.</summary>
    /// <exception cref="InvalidOperationException">It cannot, or has ended.</exception>
    public async Task<JsonElement> AskAsync(string operation, Dictionary<string, object>? arguments = null)
    {
        var id = Interlocked.Increment(ref _lastId);
        var answered = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        _asked[id] = answered;
        await _child.WriteLineAsync(JsonSerializer.Serialize(new Dictionary<string, object>(arguments ?? []) { ["id"] = id, ["do"] = operation }));
        await Task.WhenAny(answered.Task, _child.Ended).WaitAsync(Child.Patience);
        return answered.Task.IsCompleted ? await answered.Task : throw new InvalidOperationException($"{operation}: the peer has ended:\n{string.Join('\n', _child.Errors)}");
    }

    public ValueTask DisposeAsync() => _child.DisposeAsync();

    private void Take(string line)
    {
        if (!line.StartsWith('{'))
            return; // The library's own words.
        using var answer = JsonDocument.Parse(line);
        if (!_asked.TryRemove(answer.RootElement.GetProperty("id").GetInt32(), out var asked))
            throw new InvalidDataException($"Nothing was asked for: {line}");
        if (answer.RootElement.TryGetProperty("error", out var error))
            asked.SetException(new InvalidOperationException(error.GetString()));
        else
            asked.SetResult(answer.RootElement.GetProperty("result").Clone());
    }
}
