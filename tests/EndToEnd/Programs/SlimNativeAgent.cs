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

    private SlimNativeAgent(SkytaleAgent agent, SlimIdentity identity) => (_agent, _identity) = (agent, identity);

    public SlimAgent Slim => _slim ?? throw new InvalidOperationException("Not connected.");

    /// <param name="setUp">What is to be different from an agent of the shared secret; its identity is disposed with the agent.</param>
    public static async Task<SlimNativeAgent> ConnectAsync(SkytaleAgent agent, string name, Func<SlimAgentOptions, SlimAgentOptions>? setUp = null)
    {
        SlimNativeAgent? native = null;
        SlimLink? opened = null;
        var link = await RelaySlimLink.OpenAsync(async cancel =>
        {
            opened = await agent.OpenSlimLinkAsync(cancel);
            native?._link = opened;
            return opened;
        });
        var options = new SlimAgentOptions { Name = name, Identity = SlimIdentity.SharedSecret(name, Secret), Link = link, AcceptUnencrypted = true };
        options = setUp?.Invoke(options) ?? options;
        native = new SlimNativeAgent(agent, options.Identity) { _link = opened };
        native._slim = await SlimAgent.OpenAsync(options);
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
