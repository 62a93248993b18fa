using System.Diagnostics;
using Skytale.Benchmarks.Messages;
using Skytale.Sdk;

namespace Skytale.Benchmarks.Sdk;

/// <summary>One sender and one receiver in a channel, each with its own connection and store; the application acknowledges by moving on.</summary>
internal sealed class Talk : IAsyncDisposable
{
    private const int MessageSize = 200;

    /// <summary>Sends under way, counted to the relay's acceptance.</summary>
    private const int UnderWay = 256;

    private const int Many = 30_000;
    private const int Few = 1_000;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly CancellationTokenSource _end = new();
    private readonly SkytaleAgent _alice;
    private readonly SkytaleAgent _bob;
    private readonly SkytaleChannel _channel;
    private readonly Task _receiving;
    private long _received;
    private (long Count, TaskCompletionSource Reached) _goal = (long.MaxValue, new TaskCompletionSource());

    private Talk(SkytaleAgent alice, SkytaleAgent bob, SkytaleChannel atAlice, SkytaleChannel atBob)
    {
        (_alice, _bob, _channel) = (alice, bob, atAlice);
        _receiving = Task.Run(() => ReceiveAsync(atBob));
    }

    public static async Task<Talk> BeginAsync(BenchServer server)
    {
        var (alice, bob) = (await server.ConnectAgentAsync("alice"), await server.ConnectAgentAsync("bob"));
        var atAlice = await alice.CreateChannelAsync($"{server.Org}/bench/talk");
        await atAlice.AddMemberAsync(bob.Id);
        return new Talk(alice, bob, atAlice, await bob.JoinAsync(atAlice.Name.ToString()));
    }

    /// <summary>Messages a second from the first call to the last receipt.</summary>
    public async Task<double> ThroughputAsync()
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _goal = (Interlocked.Read(ref _received) + Many, reached);
        var begun = Stopwatch.GetTimestamp();
        using var room = new SemaphoreSlim(UnderWay);
        var sending = new List<Task>(Many);
        for (var i = 0; i < Many; i++)
        {
            await room.WaitAsync();
            sending.Add(SendAsync(room));
        }
        await Task.WhenAll(sending).WaitAsync(Patience);
        await await Task.WhenAny(reached.Task, _receiving).WaitAsync(Patience);
        return Many / Stopwatch.GetElapsedTime(begun).TotalSeconds;
    }

    /// <summary>The median of how long a send takes to be accepted, in milliseconds, one after the other.</summary>
    public async Task<double> AcceptedAsync()
    {
        var content = new byte[MessageSize];
        var took = new List<double>(Few);
        for (var i = 0; i < Few; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            await _channel.SendAsync(content);
            took.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }
        return took.Order().ElementAt(Few / 2);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _receiving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
        _end.Dispose();
    }

    private async Task SendAsync(SemaphoreSlim room)
    {
        await _channel.SendAsync(new byte[MessageSize]);
        room.Release();
    }

    private async Task ReceiveAsync(SkytaleChannel channel)
    {
        await foreach (var message in channel.Messages.WithCancellation(_end.Token))
        {
            message.Dispose();
            var (count, reached) = _goal;
            if (++_received == count)
                reached.SetResult();
        }
    }
}
