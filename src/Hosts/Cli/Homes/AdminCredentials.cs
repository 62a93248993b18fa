using System.Text.Json.Serialization;
using Skytale.Sdk.Api.Admin;

namespace Skytale.Cli.Homes;

/// <summary>What <c>admin.json</c> holds (mode 0600): an administrator's token, which is good for a quarter of an hour; never the key.</summary>
internal sealed record AdminCredentials(string ApiUrl, string? CertificateSha256, string AdminId, string Name, string Token, DateTimeOffset ExpiresAt)
{
    [JsonIgnore]
    public ServerLocation Server => new(ApiUrl, CertificateSha256);

    public static AdminCredentials Of(ServerLocation server, AdminSession session) =>
        new(server.ApiUrl, server.CertificateSha256, session.AdminId, session.Name, session.Token, session.ExpiresAt);

    public override string ToString() => AdminId;
}
