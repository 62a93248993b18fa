using System.Collections.Concurrent;
using Skytale.Quic.Ngtcp2.Native;

namespace Skytale.Quic.Ngtcp2.Loop;

/// <summary>
/// One thread that owns everything native of one endpoint. It sleeps in ppoll on the socket and an eventfd; other threads
/// hand over work by a queue, and wake it only when it may be asleep.
/// </summary>
internal sealed unsafe class EventLoop
{
    private const int WorkPerTurn = 4096;

    private readonly ILoopHandler _handler;
    private readonly int _socket;
    private readonly int _wakeFd;
    private readonly LoopClock _clock;
    private readonly Thread _thread;
    private readonly ConcurrentQueue<ILoopWork> _work = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _wakeGate = new();
    private readonly Lock _lateWork = new();
    private int _wakePending;
    private bool _wakeClosed;
    private volatile bool _stopping;
    private volatile bool _exited;
    private bool _moreToReceive;

    internal EventLoop(ILoopHandler handler, int socket, string name, LoopClock clock)
    {
        _handler = handler;
        _clock = clock;
        _socket = socket;
        _wakeFd = LibcNative.eventfd(0, LibcNative.EventFdNonBlocking | LibcNative.EventFdCloseOnExec);
        if (_wakeFd < 0)
            throw new IOException("eventfd failed: too many open files?");
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        Refresh();
    }

    /// <summary>
    /// The time in nanoseconds as of the last <see cref="Refresh"/>: the one for all of ngtcp2's timestamps.
    /// </summary>
    internal ulong Now { get; private set; }

    internal Task Completion => _ended.Task;

    internal void Start() => _thread.Start();

    internal ulong Refresh() => Now = _clock.Read();

    internal void Stop()
    {
        _stopping = true;
        Wake();
    }

    /// <summary>Hands over work; any thread.</summary>
    internal void Post(ILoopWork work)
    {
        _work.Enqueue(work);
        Interlocked.MemoryBarrier();
        if (_exited)
            RunLateWork();
        else if (Interlocked.Exchange(ref _wakePending, 1) == 0)
            Wake();
    }

    private void Wake()
    {
        lock (_wakeGate)
        {
            ulong one = 1;
            if (!_wakeClosed)
                _ = LibcNative.write(_wakeFd, &one, sizeof(ulong)); // Can only fail when the counter is full: then it is awake.
        }
    }

    private void Run()
    {
        Exception? failure = null;
        try
        {
            // Pacing timers are tens of microseconds; the default slack of 50 would round them all up.
            _ = LibcNative.prctl(LibcNative.PrSetTimerSlack, 1, 0, 0, 0);
            while (!_stopping)
                Turn();
            Refresh();
        }
        catch (Exception e)
        {
            failure = e; // A bug of ours: it ends this endpoint's connections with that reason, not the process.
        }

        Exception? unended = null;
        try
        {
            _handler.Ended(failure);
        }
        catch (Exception e)
        {
            unended = e; // The same; whoever disposes is told, for something is not given back.
        }
        _exited = true;
        Interlocked.MemoryBarrier();
        RunLateWork();
        lock (_wakeGate)
        {
            _wakeClosed = true;
            _ = LibcNative.close(_wakeFd);
        }
        if (unended is null)
            _ended.TrySetResult();
        else
            _ended.TrySetException(unended);
    }

    private void Turn()
    {
        var readable = true;
        if (!_moreToReceive && !_handler.HasPendingWrites && _work.IsEmpty)
            readable = Wait(_handler.NextTimer);

        Refresh();
        _moreToReceive = readable && _handler.Receive();
        RunWork();
        _handler.RunTimers(Refresh());
        if (_handler.HasPendingWrites)
            _handler.WritePending();
    }

    /// <summary>Sleeps until a datagram, work, or the time; true when the socket is readable.</summary>
    private bool Wait(ulong until)
    {
        var fds = stackalloc PollFd[2];
        fds[0] = new PollFd { Fd = _socket, Events = PollFd.In };
        fds[1] = new PollFd { Fd = _wakeFd, Events = PollFd.In };
        Timespec timeout = default;
        if (until != ulong.MaxValue)
        {
            var left = until > Refresh() ? until - Now : 0;
            timeout = new Timespec { Seconds = (long)(left / 1_000_000_000), Nanoseconds = (long)(left % 1_000_000_000) };
        }

        if (LibcNative.ppoll(fds, 2, until == ulong.MaxValue ? null : &timeout, null) <= 0)
            return false;
        if (fds[1].Revents != 0)
        {
            ulong count;
            _ = LibcNative.read(_wakeFd, &count, sizeof(ulong));
        }
        return fds[0].Revents != 0;
    }

    private void RunWork()
    {
        // Cleared before the queue is read: whoever posts from here on wakes the loop again.
        Interlocked.Exchange(ref _wakePending, 0);
        for (var left = WorkPerTurn; left > 0 && _work.TryDequeue(out var work); left--)
            work.RunOnLoop();
    }

    private void RunLateWork()
    {
        lock (_lateWork)
        {
            while (_work.TryDequeue(out var work))
                work.RunOnLoop();
        }
    }
}
