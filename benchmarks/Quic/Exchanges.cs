using System.Diagnostics;
using Skytale.Protocol.Transport;

namespace Skytale.Benchmarks.Quic;

/// <summary>Small things: messages one way on one connection, and questions and answers on many.</summary>
internal static class Exchanges
{
    private const int MessageSize = 200;
    private const int MessagesAWrite = 128;
    private const int QuestionSize = 64;

    /// <summary>Messages of 200 bytes a second through one stream, as many a write as a busy sender has at hand.</summary>
    internal static async Task<double> MessagesAsync(Loopback loopback, int messages)
    {
        var writes = messages / MessagesAWrite;
        return await OneWay.QuicAsync(loopback, (long)writes * MessagesAWrite * MessageSize, MessagesAWrite * MessageSize) * 1e6 / MessageSize;
    }

    /// <summary>Round trips a second in total: each connection asks with 64 bytes and waits for the same 64 back.</summary>
    internal static async Task<double> RoundTripsAsync(Loopback loopback, int connections, TimeSpan time)
    {
        var pairs = new List<(ITransportConnection Client, ITransportConnection Server)>();
        var asking = new List<ITransportStream>();
        var answering = new List<Task>();
        for (var i = 0; i < connections; i++)
        {
            var pair = await loopback.ConnectAsync();
            pairs.Add(pair);
            var stream = await pair.Client.OpenStreamAsync();
            await AskAsync(stream, new byte[QuestionSize], first: () => answering.Add(AnswerAsync(pair.Server)));
            asking.Add(stream);
        }

        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(asking.Select(async stream =>
        {
            var buffer = new byte[QuestionSize];
            long count = 0;
            for (; clock.Elapsed < time; count++)
                await AskAsync(stream, buffer);
            return count;
        }));
        var rate = counts.Sum() / clock.Elapsed.TotalSeconds;

        foreach (var stream in asking)
            await stream.WriteAsync(default, endStream: true);
        await Task.WhenAll(answering);
        foreach (var (client, server) in pairs)
        {
            await client.DisposeAsync();
            await server.DisposeAsync();
        }
        return rate;
    }

    private static async Task AskAsync(ITransportStream stream, byte[] buffer, Action? first = null)
    {
        await stream.WriteAsync(buffer);
        first?.Invoke();
        await ReadAsync(stream, buffer);
    }

    private static async Task AnswerAsync(ITransportConnection connection)
    {
        await using var stream = await connection.AcceptStreamAsync();
        var buffer = new byte[QuestionSize];
        while (await ReadAsync(stream, buffer))
            await stream.WriteAsync(buffer);
        await stream.WriteAsync(default, endStream: true);
    }

    /// <summary>Fills the buffer; false at the end of the stream.</summary>
    private static async Task<bool> ReadAsync(ITransportStream stream, byte[] buffer)
    {
        for (var at = 0; at < buffer.Length;)
        {
            var count = await stream.ReadAsync(buffer.AsMemory(at));
            if (count == 0)
                return at == 0 ? false : throw new InvalidOperationException("A question ended in its middle.");
            at += count;
        }
        return true;
    }
}
