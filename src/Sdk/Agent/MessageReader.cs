namespace Skytale.Sdk;

/// <summary>
/// Reads a channel's messages one by one, with a limit of time: for whoever asks for the next message now and then, as a tool of a
/// language model does, instead of enumerating <see cref="SkytaleChannel.Messages"/>. Calls may be concurrent and take turns.
/// </summary>
public sealed class MessageReader : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly IAsyncEnumerator<Message> _messages;
    private Task<bool>? _next;

    /// <summary>Begins at the first message that this agent has not acknowledged.</summary>
    /// <param name="channel">A channel that nobody else enumerates meanwhile.</param>
    public MessageReader(SkytaleChannel channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        Channel = channel;
        _messages = channel.Messages.GetAsyncEnumerator(_stop.Token);
    }

    /// <summary>The channel.</summary>
    public SkytaleChannel Channel { get; }

    /// <summary>The next message, for the caller to acknowledge and to dispose; asking for the one behind it acknowledges it too.</summary>
    /// <param name="timeout">How long to wait for one; zero: only what is here already.</param>
    /// <param name="cancellationToken">Stops waiting; no message is lost by that.</param>
    /// <returns>Null when none came in time, or this agent was removed from the channel (<see cref="HasEnded"/>).</returns>
    /// <exception cref="SkytaleException">The channel cannot go on.</exception>
    public async Task<Message?> ReadAsync(TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // What was waited for in vain goes on being waited for: the next call has it.
            _next ??= _messages.MoveNextAsync().AsTask();
            if (!await _next.WaitAsync(timeout, cancellationToken).ConfigureAwait(false))
            {
                HasEnded = true;
                return null;
            }
            _next = null;
            return _messages.Current;
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>True when this agent was removed and there is nothing more to read.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>Ends the reading; what was not acknowledged is read again by the next.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            if (_next is not null)
                await _next.ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or SkytaleException)
        {
            // Ended by the line above, or by what the next reader is told again.
        }
        finally
        {
            _turn.Release();
        }
        await _messages.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }
}
