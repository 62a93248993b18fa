namespace Skytale.Sdk.Api;

/// <content>API keys.</content>
public sealed partial class SkytaleApiClient
{
    private const int MaxKeysLost = 3;

    /// <summary>Makes an API key, which is shown this once.</summary>
    /// <param name="name">What the owner calls it.</param>
    /// <param name="scopes">What it shall allow, each <c>verb:pattern</c>; null: everything.</param>
    public async Task<NewKey> CreateKeyAsync(
        string accountId, string accountToken, string? name = null, IReadOnlyList<string>? scopes = null, CancellationToken cancellationToken = default)
    {
        for (var lost = 0; lost < MaxKeysLost; lost++)
        {
            var made = await _api.MakeAsync(
                AccountPath(accountId, "keys"), new KeyBody(name, scopes), ApiJson.Default.KeyBody, ApiJson.Default.KeyAnswer, accountToken, cancellationToken).ConfigureAwait(false);
            if (made.ApiKey is not null)
                return new NewKey(made.KeyId, made.ApiKey, made.Scopes);
            // The answer that held the key was lost with its connection, and the service does not have it: nobody ever will.
            await RevokeKeyAsync(accountId, accountToken, made.KeyId, cancellationToken).ConfigureAwait(false);
        }
        throw new SkytaleException(SkytaleError.ConnectionLost, $"The connection broke {MaxKeysLost} times before the new key arrived.", "Keys that did not arrive are revoked; try again.");
    }

    /// <summary>Whose an API key is, and what it allows; the key itself asks.</summary>
    /// <param name="apiKey">The whole key.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<KeyOwner> ShowKeyAsync(string apiKey, CancellationToken cancellationToken = default) =>
        _api.GetAsync("/key", ApiJson.Default.KeyOwner, apiKey, cancellationToken);

    /// <summary>The account's API keys, oldest first, with those that were revoked of late; their secrets nobody is shown again.</summary>
    public async Task<IReadOnlyList<AccountKey>> ListKeysAsync(string accountId, string accountToken, CancellationToken cancellationToken = default) =>
        (await _api.GetAsync(AccountPath(accountId, "keys"), ApiJson.Default.KeyList, accountToken, cancellationToken).ConfigureAwait(false)).Keys;

    /// <summary>Ends an API key for ever. Agents that were connected with its tokens are disconnected within seconds.</summary>
    /// <param name="keyId">The key's id, as <see cref="CreateKeyAsync"/> and <see cref="ListKeysAsync"/> tell it.</param>
    public Task RevokeKeyAsync(string accountId, string accountToken, string keyId, CancellationToken cancellationToken = default) =>
        _api.DeleteAsync(AccountPath(accountId, $"keys/{Uri.EscapeDataString(keyId)}"), accountToken, cancellationToken);
}
