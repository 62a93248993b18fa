using Microsoft.Extensions.DependencyInjection;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Security.Tokens;

namespace Skytale.Tests;

/// <summary>Everybody who may knock: the columns of docs/authorization.md, each with a credential.</summary>
internal sealed class Cast
{
    /// <summary>The columns, in the document's order.</summary>
    public static readonly string[] Names =
    [
        "nobody", "owner's token", "owner's key", "scoped key", "revoked key", "other's token", "other's key", "suspended's token", "suspended's key",
        "expired token", "agent's token", "admin's key", "admin's token", "alg none", "HS256",
    ];

    private readonly Dictionary<string, string?> _credentials;
    private readonly Customer _owner;
    private readonly Customer _suspended;

    private Cast(Customer owner, Customer suspended, Dictionary<string, string?> credentials) => (_owner, _suspended, _credentials) = (owner, suspended, credentials);

    /// <param name="isAdmins">Whether the route is the administrators': what is forged is a token for it.</param>
    public string? CredentialFor(string column, bool isAdmins) => _credentials[isAdmins && column is ("alg none" or "HS256") ? $"{column}, admin's" : column];

    /// <summary>Whose things the column's request is about.</summary>
    public Customer AccountFor(string column) => column.StartsWith("suspended", StringComparison.Ordinal) ? _suspended : _owner;

    /// <summary>A new account with an agent "ada" and all these credentials.</summary>
    public static async Task<Cast> GatherAsync(ApiServer server)
    {
        var owner = await server.SignUpAsync("ada");
        server.Time.Advance(TimeSpan.FromMinutes(20));
        var token = (await server.PostAsync("/sessions", new { email = owner.Email, password = Customer.Password }))["account_token"];
        var scoped = (await server.PostAsync($"/accounts/{owner.Id}/keys", new { scopes = new[] { "send:*", "receive:*" } }, token))["api_key"];
        var revoked = await server.PostAsync($"/accounts/{owner.Id}/keys", new { }, token);
        (await server.SendAsync($"/accounts/{owner.Id}/keys/{revoked["key_id"]}", null, token, "DELETE")).Status.ShouldBe(204);
        var other = await server.SignUpAsync("ada");
        var suspended = await server.SignUpAsync("ada");
        var adminKey = await server.CreateAdminAsync();
        var adminToken = await server.AdminTokenAsync(adminKey);
        (await server.SendAsync($"/admin/accounts/{suspended.Id}/suspend", null, adminToken)).Status.ShouldBe(200);
        var key = server.Host.Services.GetRequiredService<TokenSigner>().Public;
        return new Cast(owner, suspended, new Dictionary<string, string?>
        {
            ["nobody"] = null,
            ["owner's token"] = token,
            ["owner's key"] = owner.ApiKey,
            ["scoped key"] = scoped,
            ["revoked key"] = revoked["api_key"],
            ["other's token"] = other.Token,
            ["other's key"] = other.ApiKey,
            ["suspended's token"] = suspended.Token,
            ["suspended's key"] = suspended.ApiKey,
            ["expired token"] = owner.Token,
            ["agent's token"] = (await server.PostAsync("/tokens", new { agent = "ada" }, owner.ApiKey))["token"],
            ["admin's key"] = adminKey,
            ["admin's token"] = adminToken,
            ["alg none, admin's"] = Forgery.Unsigned(adminToken),
            ["HS256, admin's"] = Forgery.SignedHs256(adminToken, Forgery.PointOf(key), key.Kid),
            ["alg none"] = Forgery.Unsigned(token),
            ["HS256"] = Forgery.SignedHs256(token, Forgery.PointOf(key), key.Kid),
        });
    }
}
