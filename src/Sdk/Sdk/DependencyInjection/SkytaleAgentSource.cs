namespace Skytale.Sdk;

/// <summary>
/// An agent that a host connects: injected where the agent is needed, because services are made before anything is connected.
/// All members may be called concurrently.
/// </summary>
public sealed class SkytaleAgentSource : IAsyncDisposable
{
    private readonly Func<SkytaleAgentOptions> _options;
    private readonly TaskCompletionSource<SkytaleAgent> _agent = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal SkytaleAgentSource(Func<SkytaleAgentOptions> options) => _options = options;

    /// <summary>The agent, once the host has connected it.</summary>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <exception cref="SkytaleException">It could not be connected: the host does not start then.</exception>
    public Task<SkytaleAgent> GetAsync(CancellationToken cancellationToken = default) => _agent.Task.WaitAsync(cancellationToken);

    /// <summary>Connects; called once, by the host.</summary>
    internal async Task ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            _agent.SetResult(await SkytaleAgent.ConnectAsync(_options(), cancellationToken).ConfigureAwait(false));
        }
        catch (Exception e)
        {
            _agent.SetException(e); // Whoever waits is told the same as the host.
            throw;
        }
    }

    /// <summary>Disposes the agent, where there is one; who waits for one that never was is cancelled.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_agent.TrySetCanceled() && _agent.Task.IsCompletedSuccessfully)
            await (await _agent.Task.ConfigureAwait(false)).DisposeAsync().ConfigureAwait(false);
    }
}
