using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Application.Delivery;

/// <summary>The agents that are connected, so that a Welcome reaches them at once.</summary>
public sealed class ConnectedAgents(AgentPlaces places) : Signals<AgentId>
{
    /// <summary>The Welcomes for one connection of the agent: those that wait, then those that come.</summary>
    public WelcomeFeed Connect(AgentId agent) => new(agent, places, this);
}

/// <summary>The Welcomes for one connection, each once. One caller at a time.</summary>
public sealed class WelcomeFeed : IDisposable
{
    private readonly AgentId _agent;
    private readonly AgentPlaces _places;
    private readonly ConnectedAgents _connected;
    private readonly Signal _signal;
    private long _ticket;
    private bool _disposed;

    internal WelcomeFeed(AgentId agent, AgentPlaces places, ConnectedAgents connected)
    {
        _agent = agent;
        _places = places;
        _connected = connected;
        _signal = connected.Listen(agent);
    }

    /// <summary>The next Welcomes, oldest first; waits for one.</summary>
    public async ValueTask<IReadOnlyList<WaitingWelcome>> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var changed = _signal.Next;
            var welcomes = _places.WelcomesFor(_agent, behind: _ticket);
            if (welcomes.Count > 0)
            {
                _ticket = welcomes[^1].Ticket;
                return [.. welcomes.Select(waiting => waiting.Welcome)];
            }
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
