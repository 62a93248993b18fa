namespace Skytale.Tests.Abuse;

/// <summary>Somebody with an account, a key and an agent, who asks for what is theirs.</summary>
internal sealed class Caller(Customer customer)
{
    public static async Task<Caller> SignUpAsync(ApiServer server) => new(await server.SignUpAsync("ada"));

    /// <summary>A path's parameter; what is not known here names nothing.</summary>
    public string ValueOf(string parameter) => parameter switch
    {
        "id" => customer.Id,
        "keyId" => customer.KeyId,
        "agent" => "ada",
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
        : throw new InvalidOperationException($"Say who has one of the credentials {string.Join(", ", schemes)}.");
}
