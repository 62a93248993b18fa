using Skytale.Sdk;

namespace Skytale.Chaos.Agents;

/// <summary>When the senders of a process send, and with which numbers.</summary>
/// <param name="firstNumber">The first message's; a process that takes another's place goes on far behind it.</param>
internal sealed class Load(ulong firstNumber, int seed)
{
    private readonly Lock _gate = new();
    private readonly Random _random = new(seed);
    private readonly List<Message> _kept = [];
    private bool _keeps;
    private ulong _next = firstNumber;
    private int _sending;
    private TaskCompletionSource _go = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Go()
    {
        lock (_gate)
            _go.TrySetResult();
    }

    /// <summary>Nobody sends when this has completed.</summary>
    public Task PauseAsync()
    {
        lock (_gate)
        {
            if (_go.Task.IsCompleted)
                _go = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_sending == 0)
                _idle.SetResult();
            return _idle.Task;
        }
    }

    /// <summary>Waits for its turn; <see cref="End"/> follows.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task go;
            lock (_gate)
            {
                if (_go.Task.IsCompleted)
                {
                    _sending++;
                    return;
                }
                go = _go.Task;
            }
            await go.WaitAsync(cancellationToken);
        }
    }

    public void End()
    {
        lock (_gate)
        {
            if (--_sending == 0 && !_go.Task.IsCompleted)
                _idle.TrySetResult();
        }
    }

    /// <summary>A number that nobody had, bytes to send with it, and how long to wait behind it.</summary>
    public (ulong Number, byte[] Content, TimeSpan Pause) Next()
    {
        lock (_gate)
        {
            var number = _next++;
            var content = new byte[sizeof(ulong) + (_random.Next(50) == 0 ? 20_000 : _random.Next(600))];
            _random.NextBytes(content);
            BitConverter.TryWriteBytes(content, number);
            return (number, content, TimeSpan.FromMilliseconds(_random.Next(10, 50)));
        }
    }

    /// <summary>From now on messages are not disposed; or all that were kept are, and later ones again.</summary>
    public void Hold(bool keeps)
    {
        lock (_gate)
        {
            _keeps = keeps;
            foreach (var message in _kept)
                message.Dispose();
            _kept.Clear();
        }
    }

    /// <summary>False: whoever asks disposes it.</summary>
    public bool Keep(Message message)
    {
        lock (_gate)
        {
            if (_keeps)
                _kept.Add(message);
            return _keeps;
        }
    }

    /// <summary>True one time in so many.</summary>
    public bool Sometimes(int times)
    {
        lock (_gate)
            return _random.Next(times) == 0;
    }
}
