using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using Skytale.Protocol;

namespace Skytale.Sdk.Api;

/// <summary>The API server: accounts, keys, agents and tokens. Every method may be called concurrently.</summary>
/// <remarks>Every method throws <see cref="SkytaleException"/>: ServerUnreachable, CertificateMismatch, NotAuthenticated, or Refused with the service's code.</remarks>
/// <param name="apiUrl">The server's https address.</param>
/// <param name="pinnedCertificateSha256">32 bytes: the only certificate to trust. Null: the system's trust decides.</param>
public sealed class SkytaleApiClient(Uri apiUrl, ReadOnlyMemory<byte>? pinnedCertificateSha256) : IDisposable
{
    private readonly ApiConnection _api = new(apiUrl, pinnedCertificateSha256);

    /// <summary>Makes an account.</summary>
    /// <param name="org">The first part of its channel names; null lets the service choose one.</param>
    public Task<NewAccount> SignUpAsync(string email, string password, string? org = null, CancellationToken cancellationToken = default) =>
        _api.PostAsync("/accounts", new AccountBody(email, password, org), ApiJson.Default.AccountBody, ApiJson.Default.NewAccount, null, cancellationToken);

    /// <summary>A fresh account token for e-mail and password.</summary>
    public Task<AccountSession> SignInAsync(string email, string password, CancellationToken cancellationToken = default) =>
        _api.PostAsync("/sessions", new AccountBody(email, password), ApiJson.Default.AccountBody, ApiJson.Default.AccountSession, null, cancellationToken);

    /// <summary>Makes an API key, which is shown this once.</summary>
    /// <param name="name">What the owner calls it.</param>
    public Task<NewKey> CreateKeyAsync(string accountId, string accountToken, string? name = null, CancellationToken cancellationToken = default) =>
        _api.PostAsync($"/accounts/{Uri.EscapeDataString(accountId)}/keys", new KeyBody(name), ApiJson.Default.KeyBody, ApiJson.Default.NewKey, accountToken, cancellationToken);

    /// <summary>The account's API keys, oldest first, with those that were revoked of late; their secrets nobody is shown again.</summary>
    public async Task<IReadOnlyList<AccountKey>> ListKeysAsync(string accountId, string accountToken, CancellationToken cancellationToken = default) =>
        (await _api.GetAsync($"/accounts/{Uri.EscapeDataString(accountId)}/keys", ApiJson.Default.KeyList, accountToken, cancellationToken).ConfigureAwait(false)).Keys;

    /// <summary>Ends an API key for ever. Agents that were connected with its tokens are disconnected within seconds.</summary>
    /// <param name="keyId">The key's id, as <see cref="CreateKeyAsync"/> and <see cref="ListKeysAsync"/> tell it.</param>
    public Task RevokeKeyAsync(string accountId, string accountToken, string keyId, CancellationToken cancellationToken = default) =>
        _api.DeleteAsync($"/accounts/{Uri.EscapeDataString(accountId)}/keys/{Uri.EscapeDataString(keyId)}", accountToken, cancellationToken);

    /// <summary>Enters an agent into the account.</summary>
    /// <param name="credential">The account's token or an API key of it.</param>
    /// <param name="proof">64 bytes: the identity key's signature over account, name and id (<c>SkytaleAgent.SignRegistrationAsync</c>).</param>
    public Task<RegisteredAgent> RegisterAgentAsync(
        string accountId, string credential, string name, AgentId agentId, ReadOnlyMemory<byte> proof, CancellationToken cancellationToken = default) =>
        _api.PostAsync(
            $"/accounts/{Uri.EscapeDataString(accountId)}/agents",
            new AgentBody(name, agentId.ToString(), Base64Url.EncodeToString(proof.Span)),
            ApiJson.Default.AgentBody, ApiJson.Default.RegisteredAgent, credential, cancellationToken);

    /// <summary>A token of one hour with which the agent connects to the relay, and where that is.</summary>
    /// <param name="agent">The agent's name in the key's account, or its did:key.</param>
    public Task<AgentToken> CreateTokenAsync(string apiKey, string agent, CancellationToken cancellationToken = default) =>
        _api.PostAsync("/tokens", new TokenBody(agent), ApiJson.Default.TokenBody, ApiJson.Default.AgentToken, apiKey, cancellationToken);

    /// <summary>What <c>SkytaleAgentOptions.GetRelayAccess</c> asks for: a fresh token, and the relay's address resolved.</summary>
    public async Task<RelayAccess> GetRelayAccessAsync(string apiKey, AgentId agent, CancellationToken cancellationToken = default)
    {
        var token = await CreateTokenAsync(apiKey, agent.ToString(), cancellationToken).ConfigureAwait(false);
        var relay = token.Relay;
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(relay.Host, cancellationToken).ConfigureAwait(false);
            return new RelayAccess(token.Token, new IPEndPoint(addresses[0], relay.Port), relay.Name, Convert.FromHexString(relay.CertificateSha256));
        }
        catch (Exception exception) when (exception is SocketException or FormatException or ArgumentException)
        {
            throw new SkytaleException(
                SkytaleError.ServerUnreachable, $"The API server names a relay that cannot be found: {relay.Host}:{relay.Port}.", "Set Relay:Host of the server to an address that agents can reach.", inner: exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _api.Dispose();
}
