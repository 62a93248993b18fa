namespace Skytale.Tests.Abuse;

/// <summary>Somebody with an account, a key and an agent, who asks for what is theirs; and an administrator, who asks for what is another's.</summary>
internal sealed class Caller(Customer customer, Customer other, string adminKey, string adminToken)
{
    public static async Task<Caller> SignUpAsync(ApiServer server)
    {
        var adminKey = await server.CreateAdminAsync();
        return new Caller(await server.SignUpAsync("ada"), await server.SignUpAsync("bob"), adminKey, await server.AdminTokenAsync(adminKey));
    }

    /// <summary>A path's parameter; what is not known here names nothing.</summary>
    public string ValueOf(string parameter) => parameter switch
    {
        "id" => customer.Id,
        "keyId" => customer.KeyId,
        "agent" => "ada",
        "account" => other.Id,
        "key" => other.KeyId,
        "did" => other.AgentId,
        _ => "nothing",
    };

    /// <summary>The operation, asked for as it should be; what is then changed of it is what is tried.</summary>
    public Attempt Ask(DescribedOperation operation, string what) => new(what, operation.Method, BadRequests.Target(operation, ValueOf))
    {
        Body = operation.Body is null ? null : BadBodies.Good(operation),
        Credential = operation.Schemes.Count == 0 ? null : $"Bearer {CredentialFor(operation.Schemes)}",
    };

    /// <summary>A token where one will do: it costs no Argon2id.</summary>
    private string CredentialFor(IReadOnlyList<string> schemes) =>
        schemes.Contains("account_token") ? customer.Token
        : schemes.Contains("api_key") ? customer.ApiKey
        : schemes.Contains("admin_token") ? adminToken
        : schemes.Contains("admin_key") ? adminKey
        : throw new InvalidOperationException($"Say who has one of the credentials {string.Join(", ", schemes)}.");
}
