using Skytale.Sdk.Slim;

namespace Skytale.Tests.Kit;

/// <summary>Agents on one node that share a secret.</summary>
internal sealed class Parties : IAsyncDisposable
{
    public const string Secret = "a secret of more than thirty-two bytes";

    private readonly List<IDisposable> _identities = [];
    private readonly List<SlimAgent> _agents = [];

    public MemoryNode Node { get; } = new();

    public TimeProvider? Time { get; init; }

    public async Task<SlimAgent> OpenAsync(string name, string secret = Secret)
    {
        var identity = SlimIdentity.SharedSecret(name, secret);
        _identities.Add(identity);
        var agent = await SlimAgent.OpenAsync(new SlimAgentOptions { Name = name, Identity = identity, Link = Node.Connect(), Time = Time });
        _agents.Add(agent);
        return agent;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in _agents)
            await agent.DisposeAsync();
        foreach (var identity in _identities)
            identity.Dispose();
    }
}
