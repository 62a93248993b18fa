using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using Skytale.Protocol;

namespace Skytale.Sdk.Api;

/// <content>Agents.</content>
public sealed partial class SkytaleApiClient
{
    /// <summary>Enters an agent into the account.</summary>
    /// <param name="credential">The account's token or an API key of it that may <c>register</c>.</param>
    /// <param name="proof">64 bytes: the identity key's signature over account, name and id (<c>SkytaleAgent.SignRegistrationAsync</c>).</param>
    public Task<RegisteredAgent> RegisterAgentAsync(
        string accountId, string credential, string name, AgentId agentId, ReadOnlyMemory<byte> proof, CancellationToken cancellationToken = default) =>
        _api.MakeAsync(
            AccountPath(accountId, "agents"), new AgentBody(name, agentId.ToString(), Base64Url.EncodeToString(proof.Span)),
            ApiJson.Default.AgentBody, ApiJson.Default.RegisteredAgent, credential, cancellationToken);

    /// <summary>The account's agents, those that were revoked too, fetched a page at a time.</summary>
    /// <param name="credential">The account's token or an API key of it that may <c>register</c>.</param>
    public async IAsyncEnumerable<RegisteredAgent> ListAgentsAsync(string accountId, string credential, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (int? number = 1; number is not null;)
        {
            var path = AccountPath(accountId, string.Create(CultureInfo.InvariantCulture, $"agents?page={number}"));
            var page = await _api.GetAsync(path, ApiJson.Default.AgentPage, credential, cancellationToken).ConfigureAwait(false);
            foreach (var agent in page.Agents)
                yield return agent;
            // A page that leads back would be asked for without end.
            number = page.NextPage > number ? page.NextPage : null;
        }
    }

    /// <summary>One agent of the account.</summary>
    /// <param name="credential">The account's token or an API key of it that may <c>register</c>.</param>
    /// <param name="agent">Its name or did:key.</param>
    public Task<RegisteredAgent> ShowAgentAsync(string accountId, string credential, string agent, CancellationToken cancellationToken = default) =>
        _api.GetAsync(AccountPath(accountId, $"agents/{Uri.EscapeDataString(agent)}"), ApiJson.Default.RegisteredAgent, credential, cancellationToken);

    /// <summary>Ends an agent for ever; its connections end within seconds. Its name is free afterwards, its key is not.</summary>
    /// <param name="agent">Its name or did:key.</param>
    public Task RevokeAgentAsync(string accountId, string accountToken, string agent, CancellationToken cancellationToken = default) =>
        _api.DeleteAsync(AccountPath(accountId, $"agents/{Uri.EscapeDataString(agent)}"), accountToken, cancellationToken);
}
