using System.Buffers.Binary;
using System.Diagnostics;
using Skytale.Sdk;

namespace Skytale.Benchmarks.Messages;

/// <summary>One sender and some receivers in a channel; every agent has its own connection and store.</summary>
internal sealed class Party : IAsyncDisposable
{
    /// <summary>Bytes of a message.</summary>
    public const int MessageSize = 200;

    /// <summary>Messages under way at once in the pipelined phase.</summary>
    public const int Window = 64;

    private const int Alone = 300;
    private const int Pipelined = 1500;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly List<SkytaleAgent> _agents = [];
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _receivers = [];
    private SkytaleChannel? _channel;
    private Phase _phase = new(0, 0);

    /// <summary>Messages of one phase: when each was sent, and by how many receivers it is still missing.</summary>
    private sealed class Phase(int messages, int receivers)
    {
        public long[] Sent { get; } = new long[messages];

        public int[] Missing { get; } = [.. Enumerable.Repeat(receivers, messages)];

        public long[] Received { get; } = new long[messages];

        public TaskCompletionSource[] Done { get; } = [.. Enumerable.Range(0, messages).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously))];

        public IEnumerable<double> Milliseconds => Sent.Zip(Received, (sent, received) => Stopwatch.GetElapsedTime(sent, received).TotalMilliseconds);
    }

    public static async Task<Party> MeetAsync(BenchServer server, int receivers)
    {
        var party = new Party();
        var name = $"{server.Org}/bench/{receivers}";
        var sender = await party.AddAgentAsync(server, $"sender-{receivers}");
        party._channel = await sender.CreateChannelAsync(name);
        for (var i = 1; i <= receivers; i++)
        {
            var receiver = await party.AddAgentAsync(server, $"receiver-{receivers}-{i}");
            await party._channel.AddMemberAsync(receiver.Id);
            var joined = await receiver.JoinAsync(name);
            party._receivers.Add(Task.Run(() => party.ReceiveAsync(joined)));
        }
        return party;
    }

    public Task WarmUpAsync() => RunAsync(Pipelined, Window);

    public async Task<Figure> MeasureAsync()
    {
        var alone = await RunAsync(Alone, 1);
        var pipelined = await RunAsync(Pipelined, Window);
        var took = Stopwatch.GetElapsedTime(pipelined.Sent.Min(), pipelined.Received.Max());
        return new Figure(_receivers.Count, Pipelined / took.TotalSeconds, Latency.Of(alone.Milliseconds), Latency.Of(pipelined.Milliseconds));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var receiver in _receivers)
            await receiver.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var agent in _agents)
            await agent.DisposeAsync();
        _end.Dispose();
    }

    /// <summary>Sends so many messages; the next one when fewer than <paramref name="window"/> are under way.</summary>
    private async Task<Phase> RunAsync(int messages, int window)
    {
        var phase = _phase = new Phase(messages, _receivers.Count);
        using var room = new SemaphoreSlim(window);
        var sending = new List<Task>(messages);
        for (var i = 0; i < messages; i++)
        {
            await room.WaitAsync();
            sending.Add(SendAsync(phase, i, room));
        }
        // A receiver that failed ends the run with its reason, not with a silence.
        var all = Task.WhenAll(sending);
        await await Task.WhenAny([all, .. _receivers]).WaitAsync(Patience);
        await all;
        return phase;
    }

    private async Task SendAsync(Phase phase, int index, SemaphoreSlim room)
    {
        var content = new byte[MessageSize];
        BinaryPrimitives.WriteInt32LittleEndian(content, index);
        phase.Sent[index] = Stopwatch.GetTimestamp();
        await _channel!.SendAsync(content);
        await phase.Done[index].Task.WaitAsync(Patience);
        room.Release();
    }

    private async Task ReceiveAsync(SkytaleChannel channel)
    {
        await foreach (var message in channel.Messages.WithCancellation(_end.Token))
        {
            using (message)
            {
                var phase = Volatile.Read(ref _phase);
                var index = BinaryPrimitives.ReadInt32LittleEndian(message.Content);
                if (Interlocked.Decrement(ref phase.Missing[index]) == 0)
                {
                    phase.Received[index] = Stopwatch.GetTimestamp();
                    phase.Done[index].SetResult();
                }
            }
        }
    }

    private async Task<SkytaleAgent> AddAgentAsync(BenchServer server, string name)
    {
        var agent = await server.ConnectAgentAsync(name);
        _agents.Add(agent);
        return agent;
    }
}
