using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Threading.Channels;
using Skytale.Chaos.Running;

namespace Skytale.Benchmarks.Relay;

/// <summary>The process of the receivers (<see cref="ReceiverProgram"/>), seen from the sender's.</summary>
internal sealed class Receivers : IAsyncDisposable
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Child _child;

    private Receivers(string orders) =>
        _child = Child.Start(new ProcessStartInfo(Environment.ProcessPath!, [ReceiverProgram.Command, orders]), line => _lines.Writer.TryWrite(line));

    public static async Task<Receivers> StartAsync(RelayProcess relay, Room room, IReadOnlyList<Member> members)
    {
        var file = relay.FileOf($"receivers-{room.Id}.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(new ReceiverOrders(relay.Place, room.Id.ToString(), room.Start.Value, members)));
        var receivers = new Receivers(file);
        await receivers.ReadyAsync();
        return receivers;
    }

    /// <summary>Announces so many messages, which are sent behind those that were announced before.</summary>
    public async Task ExpectAsync(int count)
    {
        await _child.WriteLineAsync(count.ToString(CultureInfo.InvariantCulture));
        await ReadyAsync();
    }

    /// <summary>Reports how many of the announced messages all receivers have, and returns when that is all.</summary>
    public async Task<Received> FollowAsync(Action<int> have)
    {
        while (true)
        {
            var line = await NextAsync();
            if (line.StartsWith('{'))
                return JsonSerializer.Deserialize<Received>(line)!;
            have(int.Parse(line, CultureInfo.InvariantCulture));
        }
    }

    public ValueTask DisposeAsync() => _child.DisposeAsync();

    private async Task ReadyAsync()
    {
        if (await NextAsync() is var line && line != ReceiverProgram.Ready)
            throw new InvalidOperationException($"The receivers say '{line}'.");
    }

    private async Task<string> NextAsync()
    {
        var line = _lines.Reader.ReadAsync().AsTask();
        if (await Task.WhenAny(line, _child.Ended).WaitAsync(Child.Patience) != line && !line.IsCompleted)
            throw new InvalidOperationException($"The receivers have ended:\n{string.Join('\n', _child.Errors)}");
        return await line;
    }
}
