using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Application.Delivery;

/// <summary>The agents that are connected, so that a Welcome reaches them at once.</summary>
public sealed class ConnectedAgents(IChannelLog log) : Signals<AgentId>
{
    /// <summary>The Welcomes for one connection of the agent: those that wait, then those that come.</summary>
    public WelcomeFeed Connect(AgentId agent) => new(agent, log, this);
}

/// <summary>The Welcomes for one connection, each once. One caller at a time.</summary>
public sealed class WelcomeFeed : IDisposable
{
    private readonly AgentId _agent;
    private readonly IChannelLog _log;
    private readonly ConnectedAgents _connected;
    private readonly Signal _signal;
    private readonly Dictionary<ChannelId, Sequence> _given = [];
    private bool _disposed;

    internal WelcomeFeed(AgentId agent, IChannelLog log, ConnectedAgents connected)
    {
        _agent = agent;
        _log = log;
        _connected = connected;
        _signal = connected.Listen(agent);
    }

    /// <summary>The next Welcomes; waits for one, also through a time when the log gives nothing.</summary>
    /// <exception cref="ChannelLogException">They cannot be read at all.</exception>
    public async ValueTask<IReadOnlyList<WaitingWelcome>> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = _signal.Next;
            IReadOnlyList<WaitingWelcome> waiting;
            try
            {
                waiting = await _log.ReadWelcomesAsync(_agent);
            }
            catch (ChannelLogException failure) when (failure.Error == ChannelLogError.Unavailable)
            {
                await Task.Delay(Subscription.BetweenTries, cancellationToken);
                continue;
            }
            var fresh = waiting.Where(welcome => _given.GetValueOrDefault(welcome.ChannelId) < welcome.Sequence).ToList();
            _given.Clear();
            foreach (var welcome in waiting)
                _given[welcome.ChannelId] = welcome.Sequence;
            if (fresh.Count > 0)
                return fresh;
            await changed.WaitAsync(cancellationToken);
        }
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _connected.Release(_agent);
    }
}
