using System.Security.Cryptography;
using Skytale.Benchmarks.Quic;
using Skytale.Protocol.Transport;

namespace Skytale.Benchmarks.Soak;

/// <summary>All that agents do to a relay's transport, as fast as it goes: connections that come and go, questions, transfers, resets.</summary>
internal sealed class Load(Loopback loopback, CancellationToken stop)
{
    private const int TransferSize = 4 << 20;
    private const int QuestionSize = 64;
    private const ulong ResetCode = 7;

    private long _operations;

    internal long Operations => Interlocked.Read(ref _operations);

    /// <summary>Runs until the token is cancelled, or until something fails.</summary>
    internal async Task RunAsync()
    {
        using var failed = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var tasks = new List<Task> { ServeAsync(failed.Token) };
        for (var i = 0; i < 4; i++)
            tasks.Add(RepeatAsync(ComeAndGoAsync, failed));
        for (var i = 0; i < 32; i++)
            tasks.Add(OnOneConnectionAsync(AskAsync, failed));
        for (var i = 0; i < 2; i++)
            tasks.Add(OnOneConnectionAsync(TransferAsync, failed));
        for (var i = 0; i < 2; i++)
            tasks.Add(OnOneConnectionAsync(ResetAsync, failed));
        await Task.WhenAll(tasks);
    }

    private async Task ServeAsync(CancellationToken cancel)
    {
        try
        {
            while (true)
                _ = ServeAsync(await loopback.AcceptAsync(cancel));
        }
        catch (OperationCanceledException)
        {
            // The end was asked for.
        }
    }

    /// <summary>Answers every stream; the client is the one who judges.</summary>
    private static async Task ServeAsync(ITransportConnection connection)
    {
        await using var ends = connection;
        try
        {
            while (true)
                _ = AnswerAsync(await connection.AcceptStreamAsync());
        }
        catch (TransportException)
        {
            // The client closed the connection.
        }
    }

    /// <summary>A stream is answered with what it said, or, when that was long, with its SHA-256.</summary>
    private static async Task AnswerAsync(ITransportStream stream)
    {
        await using var ends = stream;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[64 << 10];
        try
        {
            long length = 0;
            for (int count; (count = await stream.ReadAsync(buffer)) > 0; length += count)
            {
                hash.AppendData(buffer, 0, count);
                if (length + count <= QuestionSize)
                    await stream.WriteAsync(buffer.AsMemory(0, count));
            }
            if (length > QuestionSize)
                await stream.WriteAsync(hash.GetHashAndReset());
            await stream.WriteAsync(default, endStream: true);
        }
        catch (TransportException)
        {
            // The client reset the stream, or is gone.
        }
    }

    private async Task ComeAndGoAsync(CancellationToken cancel)
    {
        await using var connection = await loopback.ConnectOnlyAsync(cancel);
        await AskAsync(connection, cancel);
    }

    private static async Task AskAsync(ITransportConnection connection, CancellationToken cancel)
    {
        await using var stream = await connection.OpenStreamAsync(cancel);
        var question = RandomNumberGenerator.GetBytes(QuestionSize);
        await stream.WriteAsync(question, endStream: true, cancel);
        Expect(question, await ReadAllAsync(stream, cancel));
    }

    private static async Task TransferAsync(ITransportConnection connection, CancellationToken cancel)
    {
        await using var stream = await connection.OpenStreamAsync(cancel);
        var bytes = new byte[TransferSize];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, 4096)); // Another hash each time, at little cost.
        await stream.WriteAsync(bytes, endStream: true, cancel);
        // The first pieces may have come back as a question would.
        var answer = await ReadAllAsync(stream, cancel);
        Expect(SHA256.HashData(bytes), answer[^Math.Min(answer.Length, SHA256.HashSizeInBytes)..]);
    }

    private static async Task ResetAsync(ITransportConnection connection, CancellationToken cancel)
    {
        await using var stream = await connection.OpenStreamAsync(cancel);
        await stream.WriteAsync(new byte[100_000], cancellationToken: cancel);
        stream.Reset(ResetCode);
    }

    private async Task OnOneConnectionAsync(Func<ITransportConnection, CancellationToken, Task> operation, CancellationTokenSource failed)
    {
        await using var connection = await loopback.ConnectOnlyAsync(failed.Token);
        await RepeatAsync(cancel => operation(connection, cancel), failed);
    }

    private async Task RepeatAsync(Func<CancellationToken, Task> operation, CancellationTokenSource failed)
    {
        try
        {
            for (; !failed.IsCancellationRequested; Interlocked.Increment(ref _operations))
                await operation(failed.Token);
        }
        catch (OperationCanceledException) when (failed.IsCancellationRequested)
        {
            // The end was asked for, or another one failed and says so.
        }
        catch
        {
            await failed.CancelAsync();
            throw;
        }
    }

    private static async Task<byte[]> ReadAllAsync(ITransportStream stream, CancellationToken cancel)
    {
        var buffer = new byte[4096];
        using var all = new MemoryStream();
        for (int count; (count = await stream.ReadAsync(buffer, cancel)) > 0;)
            all.Write(buffer, 0, count);
        return all.ToArray();
    }

    private static void Expect(byte[] expected, byte[] came)
    {
        if (!expected.AsSpan().SequenceEqual(came))
            throw new InvalidOperationException($"The answer is wrong: {came.Length} bytes.");
    }
}
