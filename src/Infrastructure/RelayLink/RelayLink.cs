using System.Diagnostics;
using Skytale.Protocol;
using Skytale.Protocol.Transport;

namespace Skytale.RelayLink;

/// <summary>
/// Keeps one <see cref="RelayConnection"/> open: whoever needs it waits for the one that lives; when it dies, the next is made. Where
/// the relay says that it stops, the next is made first.
/// </summary>
public sealed class RelayLink : IAsyncDisposable
{
    private readonly ITransport _transport;
    private readonly Func<CancellationToken, Task<RelayDial>> _dial;
    private readonly Func<RelayConnection, CancellationToken, Task> _serve;
    private readonly Action<Exception> _onLost;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly Backoff _backoff = new();
    private TaskCompletionSource<RelayConnection> _current = NewSource();
    private Task _running = Task.CompletedTask;

    /// <param name="transport">Carries the connections.</param>
    /// <param name="dial">Asked before each connection: address, fresh token, keys.</param>
    /// <param name="serve">Runs while a connection lives; ends when it ends.</param>
    /// <param name="onLost">Told why a connection ended or could not be made again.</param>
    public RelayLink(ITransport transport, Func<CancellationToken, Task<RelayDial>> dial, Func<RelayConnection, CancellationToken, Task> serve, Action<Exception> onLost)
    {
        _transport = transport;
        _dial = dial;
        _serve = serve;
        _onLost = onLost;
    }

    /// <summary>Makes the first connection, whose failure is the caller's; from then on the link heals by itself.</summary>
    /// <exception cref="TransportException">The relay is not there, or its certificate is refused.</exception>
    public async Task<Refusal?> StartAsync(CancellationToken cancellationToken = default)
    {
        var opened = await OpenAsync(cancellationToken).ConfigureAwait(false);
        if (!opened.IsSuccess)
            return opened.Refusal;
        _running = RunAsync(opened.Value);
        return null;
    }

    /// <summary>Makes the first connection too as often as it takes; its failures are only told.</summary>
    public void Start() => _running = RunAsync(null);

    /// <summary>The connection that lives, or the next one.</summary>
    /// <exception cref="TransportException">The link was disposed.</exception>
    public Task<RelayConnection> ConnectionAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            // It may have ended a moment before the link sees that.
            if (_current.Task is { IsCompletedSuccessfully: true, Result.Closed.IsCompleted: true })
                _current = NewSource();
            return _current.Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Ends the connection that lives and makes no other; who waits for one is told so.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        lock (_gate)
        {
            var disposed = new TransportException(TransportError.Closed, "The link was disposed.");
            if (!_current.TrySetException(disposed))
            {
                _current = NewSource();
                _current.SetException(disposed);
            }
            _ = _current.Task.Exception;
        }
        _stop.Dispose();
    }

    private async Task RunAsync(RelayConnection? connection)
    {
        while (!_stop.IsCancellationRequested)
        {
            connection ??= await ReopenAsync().ConfigureAwait(false);
            if (connection is null)
                return;
            var begun = Stopwatch.GetTimestamp();
            connection = await ServeAsync(connection).ConfigureAwait(false);
            _backoff.Lived(Stopwatch.GetElapsedTime(begun));
        }
        if (connection is not null)
            await connection.DisposeAsync().ConfigureAwait(false);
    }

    /// <returns>The connection in its place, where the relay has sent it away and another has let it in.</returns>
    private async Task<RelayConnection?> ServeAsync(RelayConnection connection)
    {
        await using (connection.ConfigureAwait(false))
        {
            lock (_gate)
                _current.SetResult(connection);
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            var serving = _serve(connection, ended.Token);
            var moving = MoveAsync(connection, ended.Token);
            await Task.WhenAny(connection.Closed, serving, moving).ConfigureAwait(false);
            lock (_gate)
            {
                if (_current.Task.IsCompleted)
                    _current = NewSource();
            }
            await ended.CancelAsync().ConfigureAwait(false);
            var next = await moving.ConfigureAwait(false);
            try
            {
                await serving.ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (ended.IsCancellationRequested)
            {
                if (!_stop.IsCancellationRequested)
                    _onLost(new TransportException(TransportError.Closed, next is null ? "The connection ended." : "The relay stops; another connection took over."));
            }
            catch (Exception e)
            {
                // Whatever the application's half meets, the next connection is a fresh start; it is told.
                _onLost(e);
            }
            return next;
        }
    }

    /// <summary>
    /// Waits until the relay says that it stops, and makes another connection: not at once, for everybody was told, but somewhere in
    /// the first half of the time, so that the other half is left for trying again.
    /// </summary>
    /// <returns>Null: the connection ended before, or the link was disposed.</returns>
    private async Task<RelayConnection?> MoveAsync(RelayConnection connection, CancellationToken ended)
    {
        var backoff = new Backoff();
        try
        {
            var within = await connection.GoingAway.WaitAsync(ended).ConfigureAwait(false);
            await Task.Delay(within / 2 * Random.Shared.NextDouble(), ended).ConfigureAwait(false);
            while (true)
            {
                if (await TryOpenAsync(ended).ConfigureAwait(false) is { } next)
                    return next;
                await Task.Delay(backoff.Next(), ended).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<RelayConnection?> ReopenAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(_backoff.Next() * (0.5 + (Random.Shared.NextDouble() / 2)), _stop.Token).ConfigureAwait(false);
                if (await TryOpenAsync(_stop.Token).ConfigureAwait(false) is { } opened)
                    return opened;
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return null;
            }
        }
        return null;
    }

    /// <returns>Null, and told why: it could not be made.</returns>
    private async Task<RelayConnection?> TryOpenAsync(CancellationToken cancellationToken)
    {
        try
        {
            var opened = await OpenAsync(cancellationToken).ConfigureAwait(false);
            if (opened.IsSuccess)
                return opened.Value;
            _onLost(new TransportException(TransportError.ProtocolRefused, opened.Refusal.Detail));
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            // The dial is the application's code: whatever it throws, the link tries again and says why.
            _onLost(e);
        }
        return null;
    }

    private async Task<Result<RelayConnection>> OpenAsync(CancellationToken cancellationToken) =>
        await RelayConnection.OpenAsync(_transport, await _dial(cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);

    private static TaskCompletionSource<RelayConnection> NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
