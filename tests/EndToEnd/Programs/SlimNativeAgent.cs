using Skytale.RelayLink;
using Skytale.Sdk;
using Skytale.Sdk.Slim;

namespace Skytale.Tests.EndToEnd;

/// <summary>An agent of the SDK that answers to a SLIM name.</summary>
public sealed class SlimNativeAgent : IAsyncDisposable
{
    /// <summary>What all SLIM applications of these tests share.</summary>
    public const string Secret = "a secret that all the applications of these tests share";

    private readonly SkytaleAgent _agent;
    private readonly SlimIdentity _identity;
    private SlimLink? _link;
    private SlimAgent? _slim;

    private SlimNativeAgent(SkytaleAgent agent, string name)
    {
        _agent = agent;
        _identity = SlimIdentity.SharedSecret(name, Secret);
    }

    public SlimAgent Slim => _slim ?? throw new InvalidOperationException("Not connected.");

    public static async Task<SlimNativeAgent> ConnectAsync(SkytaleAgent agent, string name)
    {
        var native = new SlimNativeAgent(agent, name);
        var link = await RelaySlimLink.OpenAsync(async cancel => native._link = await agent.OpenSlimLinkAsync(cancel));
        native._slim = await SlimAgent.OpenAsync(new SlimAgentOptions { Name = name, Identity = native._identity, Link = link });
        return native;
    }

    /// <summary>Ends the link that lives, as a relay's refusal does; the next is opened after a while.</summary>
    public ValueTask LoseLinkAsync() => _link!.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (_slim is not null)
            await _slim.DisposeAsync();
        await _agent.DisposeAsync();
        _identity.Dispose();
    }
}
