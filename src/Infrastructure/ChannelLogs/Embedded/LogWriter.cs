using System.Threading.Channels;
using Skytale.Application.Ports;

namespace Skytale.ChannelLogs.Embedded;

/// <summary>
/// The one thread that writes: it takes whatever waits, writes it as one batch, and one wait for the disk is for all of it.
/// While it waits the next batch gathers.
/// </summary>
internal sealed class LogWriter : IDisposable
{
    private const int MaxOperations = 4096;
    private const int MaxBytes = 8 << 20;

    private readonly Channel<LogOperation> _queue = Channel.CreateUnbounded<LogOperation>(new UnboundedChannelOptions { SingleReader = true });
    private readonly RocksStore _store;
    private readonly LogBatch _batch;
    private readonly List<LogOperation> _gathered = [];
    private readonly Thread _thread;

    internal LogWriter(RocksStore store, AgentKeys agents)
    {
        _store = store;
        _batch = new LogBatch(store, agents);
        _thread = new Thread(Run) { Name = "channel log", IsBackground = true };
        _thread.Start();
    }

    internal Task RunAsync(LogOperation operation)
    {
        if (!_queue.Writer.TryWrite(operation))
            operation.Fail(new ChannelLogException(ChannelLogError.Unavailable, "The channel log is closed."));
        return operation.Done;
    }

    /// <summary>Writes what waits, and ends.</summary>
    public void Dispose()
    {
        if (!_queue.Writer.TryComplete())
            return;
        _thread.Join();
        _batch.Dispose();
    }

    private void Run()
    {
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (_queue.Reader.TryPeek(out _))
                WriteOnce();
        }
    }

    private void WriteOnce()
    {
        try
        {
            _store.Recover();
            var durably = Gather();
            if (_gathered.Count > 0)
                _batch.Write(durably);
            foreach (var operation in _gathered)
                operation.Complete();
        }
        catch (ChannelLogException failure)
        {
            _batch.Drop();
            if (_gathered.Count == 0 && _queue.Reader.TryRead(out var first))
                first.Fail(failure);
            foreach (var operation in _gathered)
                operation.Fail(failure);
        }
        finally
        {
            _gathered.Clear();
        }
    }

    /// <summary>Takes what goes into one batch; what is refused is told so at once.</summary>
    /// <returns>True when something of it must be on the disk.</returns>
    private bool Gather()
    {
        var bytes = 0;
        var durably = false;
        while (_gathered.Count < MaxOperations && bytes < MaxBytes && _queue.Reader.TryPeek(out var next))
        {
            if (next.IsAlone && _gathered.Count > 0)
                break;
            _queue.Reader.TryRead(out _);
            try
            {
                next.AddTo(_batch);
            }
            catch (ChannelLogException refused) when (refused.Error != ChannelLogError.Unavailable)
            {
                if (next.IsAlone)
                    _batch.Drop(); // Nothing else is in it.
                next.Fail(refused);
                continue;
            }
            catch (Exception)
            {
                _gathered.Add(next); // It fails with the others of the batch.
                throw;
            }
            _gathered.Add(next);
            bytes += next.Size;
            durably |= !next.MayBeLost;
            if (next.IsAlone)
                break;
        }
        return durably;
    }
}
