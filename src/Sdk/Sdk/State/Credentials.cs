using System.Text.Json.Serialization;
using Skytale.Sdk.Api;

namespace Skytale.Sdk.State;

/// <summary>What <c>credentials.json</c> holds (mode 0600): the account of this home and where its server is.</summary>
/// <param name="Org">The first part of the account's channel names; unknown after a login elsewhere.</param>
/// <param name="AccountToken">Good until <paramref name="AccountTokenExpiresAt"/>; null after a logout.</param>
/// <param name="ApiKey">The key with which agents get tokens; null before <c>keys create</c>.</param>
internal sealed record Credentials(
    string ApiUrl, string? CertificateSha256, string AccountId, string? Org, string? AccountToken = null, DateTimeOffset? AccountTokenExpiresAt = null, string? ApiKey = null)
{
    [JsonIgnore]
    public ServerLocation Server => new(ApiUrl, CertificateSha256);

    public Credentials With(AccountSession session) => this with { AccountToken = session.AccountToken, AccountTokenExpiresAt = session.ExpiresAt };

    public override string ToString() => AccountId;
}
