using System.Text.Json;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Quic;
using Skytale.RelayLink;

namespace Skytale.Benchmarks.Relay;

/// <summary>What the process of the receivers is told.</summary>
internal sealed record ReceiverOrders(RelayPlace Relay, string Channel, ulong After, IReadOnlyList<Member> Members);

/// <summary>
/// The members of one channel in a process of their own, a connection each. They check the sequence and the length of each
/// message and do not decrypt. Commands come line by line: the number of messages that come next; an empty line is the end.
/// </summary>
internal static class ReceiverProgram
{
    public const string Command = "receive";

    /// <summary>What it says when all are subscribed, and when it waits for the messages that were announced.</summary>
    public const string Ready = "ready";

    /// <summary>Messages after which a member acknowledges.</summary>
    private const int AcknowledgeEvery = 64;

    private static Reception s_reception = new(0, 0, 0, _ => { });

    public static async Task<int> RunAsync(string file)
    {
        var orders = JsonSerializer.Deserialize<ReceiverOrders>(await File.ReadAllBytesAsync(file))!;
        await using var transport = QuicTransport.Create();
        var connections = new List<RelayConnection>();
        var receiving = new List<Task>();
        foreach (var member in orders.Members)
        {
            connections.Add(await member.ConnectAsync(transport, orders.Relay));
            _ = ChannelId.TryParse(orders.Channel, out var channel) ? channel : throw new InvalidDataException("not a channel id");
            var delivery = (await connections[^1].SubscribeAsync(channel, new Sequence(orders.After))).Value;
            receiving.Add(Task.Run(() => ReceiveAsync(delivery, orders.After)));
        }
        Console.WriteLine(Ready);

        var next = orders.After + 1;
        while (await Console.In.ReadLineAsync() is { Length: > 0 } line)
        {
            var count = int.Parse(line, System.Globalization.CultureInfo.InvariantCulture);
            var reception = new Reception(next, count, orders.Members.Count, Console.WriteLine);
            Volatile.Write(ref s_reception, reception);
            next += (ulong)count;
            Console.WriteLine(Ready);
            // A receiver that failed ends the program with its reason, not with a silence.
            await await Task.WhenAny([reception.Completed, .. receiving]);
            Console.WriteLine(JsonSerializer.Serialize(reception.Result()));
        }
        foreach (var connection in connections)
            await connection.DisposeAsync();
        return 0;
    }

    private static async Task ReceiveAsync(Delivery delivery, ulong after)
    {
        while (await delivery.NextAsync() is { } frame)
        {
            after++;
            if (frame is not DeliverMessage message || message.Sequence.Value != after || message.Ciphertext.Length != Room.MessageSize)
                throw new InvalidDataException($"{frame} came in place of message {after}.");
            Volatile.Read(ref s_reception).Add(message.Sequence.Value, message.MessageId);
            if (after % AcknowledgeEvery == 0)
                await delivery.AcknowledgeAsync(message.Sequence);
        }
        throw new InvalidDataException("A delivery ended.");
    }
}
