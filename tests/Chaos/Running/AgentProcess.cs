using System.Collections.Concurrent;
using System.Diagnostics;
using Skytale.Chaos.Agents;
using Skytale.Chaos.Checking;
using Skytale.Sdk;
using Skytale.Sdk.Api;

namespace Skytale.Chaos.Running;

/// <summary>An agent's process, and the one that takes its place.</summary>
internal sealed class AgentProcess(string name, string folder, Ledger ledger) : IAsyncDisposable
{
    private const ulong NumbersOfAProcess = 1_000_000_000;

    private readonly ConcurrentDictionary<string, TaskCompletionSource<IReadOnlyList<string[]>>> _asked = new();
    private readonly ConcurrentDictionary<string, List<string[]>> _answers = new();
    private TaskCompletionSource _ready = new();
    private Child? _child;
    private Task _failing = Task.CompletedTask;
    private int _started;
    private int _lastId;

    public string Name => name;

    /// <summary>The process id.</summary>
    public int ProcessId => _child!.Id;

    public string Did { get; private set; } = "";

    /// <summary>Makes the agent's store, registers it, and writes what its process needs.</summary>
    public async Task CreateAsync(SkytaleApiClient api, NewAccount account, string apiKey, byte[] storeKey, string[] channels)
    {
        Directory.CreateDirectory(folder);
        var store = AgentFile.StoreIn(folder);
        var id = await SkytaleAgent.CreateStoreAsync(store, storeKey);
        Did = id.ToString();
        ledger.Name(Did, name);
        await api.RegisterAgentAsync(account.AccountId, apiKey, name, id, await SkytaleAgent.SignRegistrationAsync(store, storeKey, account.AccountId, name));
        var access = await api.GetRelayAccessAsync(apiKey, id);
        new AgentFile(
            Convert.ToHexString(storeKey), access.Token, access.EndPoint.ToString(), access.ServerName,
            Convert.ToHexString(access.PinnedCertificateHash!.Value.Span), channels).Write(folder);
    }

    /// <summary>Returns when it is connected.</summary>
    public async Task StartAsync(int seed)
    {
        _ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ledger.Started(name);
        var start = new ProcessStartInfo(Child.PathOf("Skytale.Chaos", "Skytale.Chaos"), [AgentArgument, folder, $"{(ulong)_started++ * NumbersOfAProcess}", $"{seed}"]);
        _child = Child.Start(start, Take);
        _failing = FailAllAsync(_child);
        if (await Task.WhenAny(_ready.Task, _child.Ended).WaitAsync(Child.Patience) != _ready.Task)
            throw new InvalidOperationException($"{name} does not start:\n{string.Join('\n', _child.Errors)}");
    }

    public Task GoAsync() => _child!.WriteLineAsync("go");

    /// <summary>Asks, and waits for the end of the answer.</summary>
    /// <returns>The answer's lines; null when the process was killed before or had failed, which it told.</returns>
    public async Task<IReadOnlyList<string[]>?> AskAsync(string command, params IEnumerable<string> arguments)
    {
        var id = $"{Interlocked.Increment(ref _lastId)}";
        var answered = _asked[id] = new TaskCompletionSource<IReadOnlyList<string[]>>(TaskCreationOptions.RunContinuationsAsynchronously);
        _answers[id] = [];
        try
        {
            await _child!.WriteLineAsync(string.Join(' ', [command, id, .. arguments]));
            return await answered.Task.WaitAsync(Child.Patience);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            return null;
        }
        catch (TimeoutException)
        {
            ledger.Fail($"{name}: no answer to {command} {string.Join(' ', arguments)}");
            return null;
        }
        finally
        {
            _asked.TryRemove(id, out _);
            _answers.TryRemove(id, out _);
        }
    }

    /// <summary>Whoever waits for an answer gets none.</summary>
    public async Task KillAsync()
    {
        await _child!.KillAsync();
        await _failing;
    }

    public async ValueTask DisposeAsync()
    {
        if (_child is not null)
            await _child.DisposeAsync();
    }

    /// <summary>The program's first argument when it is to be an agent.</summary>
    public const string AgentArgument = "agent";

    private void Take(string line)
    {
        ledger.Take(name, line);
        switch (line.Split(' '))
        {
            case ["ready"]:
                _ready.TrySetResult();
                break;
            case ["state" or "invitation", var id, .. var told] when _answers.TryGetValue(id, out var answer):
                answer.Add(told);
                break;
            case ["done", var id] when _asked.TryGetValue(id, out var asked):
                asked.TrySetResult(_answers[id]);
                break;
            case ["failed", var id, ..] when _asked.TryGetValue(id, out var asked):
                asked.TrySetCanceled();
                break;
        }
    }

    private async Task FailAllAsync(Child child)
    {
        await child.Ended;
        foreach (var asked in _asked.Values)
            asked.TrySetCanceled();
    }
}
