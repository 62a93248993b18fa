using Skytale.Sdk.Slim;

namespace Skytale.Tests.Kit;

/// <summary>Agents on one node that share a secret.</summary>
internal sealed class Parties : IAsyncDisposable
{
    public const string Secret = "a secret of more than thirty-two bytes";

    private readonly List<IDisposable> _identities = [];
    private readonly List<SlimAgent> _agents = [];
    private readonly Dictionary<string, MemoryLink> _links = [];

    public MemoryNode Node { get; } = new();

    public TimeProvider? Time { get; init; }

    public Task<SlimAgent> OpenAsync(string name, string secret = Secret) => OpenAsync(name, SlimIdentity.SharedSecret(name, secret));

    /// <param name="identity">Disposed with this.</param>
    public async Task<SlimAgent> OpenAsync(string name, SlimIdentity identity)
    {
        _identities.Add(identity);
        var agent = await SlimAgent.OpenAsync(new SlimAgentOptions { Name = name, Identity = identity, Link = _links[name] = Node.Connect(), Time = Time, AcceptUnencrypted = true });
        _agents.Add(agent);
        return agent;
    }

    /// <summary>The link of the agent that was opened last under a name.</summary>
    public MemoryLink LinkOf(string name) => _links[name];

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents)
            await agent.DisposeAsync();
        foreach (var identity in _identities)
            identity.Dispose();
    }
}
