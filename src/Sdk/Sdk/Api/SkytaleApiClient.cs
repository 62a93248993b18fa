using System.Net;
using System.Net.Sockets;
using Skytale.Protocol;

namespace Skytale.Sdk.Api;

/// <summary>The API server: accounts, keys, agents and tokens. Every method may be called concurrently.</summary>
/// <remarks>Every method throws <see cref="SkytaleException"/>: ServerUnreachable, CertificateMismatch, NotAuthenticated, or Refused with the service's code.
/// What makes something is sent again when the connection breaks, under one Idempotency-Key, so that nothing is made twice.</remarks>
/// <param name="apiUrl">The server's https address.</param>
/// <param name="pinnedCertificateSha256">32 bytes: the only certificate to trust. Null: the system's trust decides.</param>
public sealed partial class SkytaleApiClient(Uri apiUrl, ReadOnlyMemory<byte>? pinnedCertificateSha256) : IDisposable
{
    private readonly ApiConnection _api = new(apiUrl, pinnedCertificateSha256);

    /// <summary>A token of one hour with which the agent connects to the relay, and where that is.</summary>
    /// <param name="agent">The agent's name in the key's account, or its did:key.</param>
    /// <param name="audience">Whom it is for: <c>slim</c> for SLIM proxies; null: the relay.</param>
    /// <param name="scopes">What it shall allow, each <c>verb:pattern</c> and covered by the key's; null: all that the key allows.</param>
    public Task<AgentToken> CreateTokenAsync(
        string apiKey, string agent, string? audience = null, IReadOnlyList<string>? scopes = null, CancellationToken cancellationToken = default) =>
        _api.PostAsync("/tokens", new TokenBody(agent, audience, scopes), ApiJson.Default.TokenBody, ApiJson.Default.AgentToken, apiKey, cancellationToken);

    /// <summary>What <c>SkytaleAgentOptions.GetRelayAccess</c> asks for: a fresh token, and the relay's address resolved.</summary>
    public async Task<RelayAccess> GetRelayAccessAsync(string apiKey, AgentId agent, CancellationToken cancellationToken = default)
    {
        var token = await CreateTokenAsync(apiKey, agent.ToString(), cancellationToken: cancellationToken).ConfigureAwait(false);
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

    private static string AccountPath(string accountId, string rest) => $"/accounts/{Uri.EscapeDataString(accountId)}/{rest}";
}
