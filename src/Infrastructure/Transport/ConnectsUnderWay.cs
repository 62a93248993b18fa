using Skytale.Protocol.Transport;

namespace Skytale.Transport;

/// <summary>One transport's connects that are under way: each ends with its caller's patience, with its own, or with the transport.</summary>
internal sealed class ConnectsUnderWay : IAsyncDisposable
{
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _connecting = [];
    private bool _ended;

    /// <param name="options">Whose handshake timeout counts.</param>
    /// <param name="connect">The connect; a cancelled one leaves nothing.</param>
    /// <param name="owner">The transport.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="TransportException">The time is over, or the transport was disposed; or what the connect says.</exception>
    internal async Task<T> RunAsync<T>(TransportConnectOptions options, Func<CancellationToken, Task<T>> connect, ITransport owner, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (options.PinnedCertificateHash is { Length: not 32 })
            throw new ArgumentException("A pinned certificate hash has 32 bytes.", nameof(options));
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_ended, owner);
            _connecting.Add(done.Task);
        }
        try
        {
            return await WithinAsync(options, connect, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
                _connecting.Remove(done.Task);
            done.SetResult();
        }
    }

    /// <summary>No connect begins any more, and those that have begun have ended.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] connecting;
        lock (_gate)
        {
            _ended = true;
            connecting = [.. _connecting];
        }
        await _ending.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(connecting).ConfigureAwait(false);
    }

    private async Task<T> WithinAsync<T>(TransportConnectOptions options, Func<CancellationToken, Task<T>> connect, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _ending.Token);
        patience.CancelAfter(options.HandshakeTimeout);
        try
        {
            return await connect(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            throw _ending.IsCancellationRequested
                ? new TransportException(TransportError.Closed, "The transport was disposed.")
                : new TransportException(TransportError.Unreachable, $"{options.RemoteEndPoint} did not answer within the handshake timeout.");
        }
    }
}
