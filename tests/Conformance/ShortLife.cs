using System.Collections.Concurrent;
using Skytale.Protocol.Transport;

namespace Skytale.Conformance;

/// <summary>
/// What goes on on a connection whose end nobody expects: both sides open streams of both kinds, write, read, cancel, reset,
/// dispose and serve each other. Disposal waits for all of it to end.
/// </summary>
internal sealed class ShortLife : IAsyncDisposable
{
    private const int Talkers = 2;

    private readonly ConcurrentQueue<Task> _work = new();
    private readonly TaskCompletionSource _moment = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationToken _cancel;
    private readonly int _seed;
    private int _stepsLeft;
    private int _randoms;

    internal ShortLife(TransportPair pair, int seed, CancellationToken cancel)
    {
        _seed = seed;
        _cancel = cancel;
        var random = NewRandom();
        Ending = random.Next(5);
        _stepsLeft = random.Next(1, 60);
        foreach (var end in new[] { pair.Client, pair.Server })
        {
            Run(async () =>
            {
                while (true)
                    Serve(await end.AcceptStreamAsync(_cancel));
            });
            Run(async () =>
            {
                while (true)
                    Drain(await end.AcceptReceiveStreamAsync(_cancel));
            });
            for (var i = 0; i < Talkers; i++)
                Talk(end);
        }
    }

    /// <summary>How it is to end: 0 to 4.</summary>
    internal int Ending { get; }

    /// <summary>Ends after some steps, or when everybody waits for everybody.</summary>
    internal Task SomeMomentAsync() => Task.WhenAny(_moment.Task, Task.Delay(50, _cancel));

    public async ValueTask DisposeAsync()
    {
        while (_work.TryDequeue(out var work))
            await work;
    }

    private Random NewRandom() => new(_seed * 1000 + Interlocked.Increment(ref _randoms));

    private void Step()
    {
        if (Interlocked.Decrement(ref _stepsLeft) == 0)
            _moment.TrySetResult();
    }

    private void Run(Func<Task> work) => _work.Enqueue(Task.Run(() => EndsAsAgreedAsync(work)));

    /// <summary>True when the stream alone is over. What the contract does not name is the test's failure.</summary>
    private static async Task<bool> EndsAsAgreedAsync(Func<Task> work)
    {
        try
        {
            await work();
            return true;
        }
        catch (TransportException e) when (e.Error is TransportError.StreamReset)
        {
            return true;
        }
        catch (TransportException e) when (e.Error is TransportError.Closed)
        {
            return false;
        }
    }

    private void Talk(ITransportConnection end) => Run(async () =>
    {
        var random = NewRandom();
        while (true)
        {
            Step();
            if (random.Next(3) == 0)
            {
                await using var oneWay = await end.OpenSendStreamAsync(_cancel);
                await EndsAsAgreedAsync(() => WriteSomeAsync(oneWay, random));
            }
            else
            {
                await using var stream = await end.OpenStreamAsync(_cancel);
                var writing = EndsAsAgreedAsync(() => WriteSomeAsync(stream, random));
                await EndsAsAgreedAsync(() => ReadSomeAsync(stream, NewRandom()));
                await writing;
            }
        }
    });

    private void Serve(ITransportStream stream) => Run(async () =>
    {
        await using var _ = stream;
        var random = NewRandom();
        Step();
        if (random.Next(2) == 0)
            await stream.EchoAsync(_cancel);
        else
            await Task.WhenAll(WriteSomeAsync(stream, NewRandom()), ReadSomeAsync(stream, random));
    });

    private void Drain(ITransportReceiveStream stream) => Run(async () =>
    {
        await using var _ = stream;
        Step();
        await ReadSomeAsync(stream, NewRandom());
    });

    private async Task WriteSomeAsync(ITransportSendStream stream, Random random)
    {
        for (var i = random.Next(5); i > 0; i--)
        {
            Step();
            await stream.WriteAsync(new byte[random.Next(1, 50_000)], cancellationToken: _cancel);
        }
        switch (random.Next(4))
        {
            case 0:
                stream.Reset((ulong)random.Next(100));
                break;
            case 1:
                await stream.DisposeAsync();
                break;
            default:
                await stream.WriteAsync(default, endStream: true, _cancel);
                break;
        }
    }

    private async Task ReadSomeAsync(ITransportReceiveStream stream, Random random)
    {
        for (var i = random.Next(8); i > 0; i--)
        {
            Step();
            using var impatience = CancellationTokenSource.CreateLinkedTokenSource(_cancel);
            var reading = stream.ReadAsync(new byte[random.Next(1, 20_000)], impatience.Token).AsTask();
            if (random.Next(4) == 0)
                await impatience.CancelAsync();
            try
            {
                if (await reading == 0)
                    return;
            }
            catch (OperationCanceledException) when (impatience.IsCancellationRequested)
            {
                // Which is the stream's no harm.
            }
        }
        if (random.Next(2) == 0)
            stream.Reset((ulong)random.Next(100));
    }
}
