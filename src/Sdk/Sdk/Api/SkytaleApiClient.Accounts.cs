namespace Skytale.Sdk.Api;

/// <content>Accounts, their sessions and organisations.</content>
public sealed partial class SkytaleApiClient
{
    /// <summary>Makes an account.</summary>
    /// <param name="org">The first part of its channel names; null lets the service choose one.</param>
    public Task<NewAccount> SignUpAsync(string email, string password, string? org = null, CancellationToken cancellationToken = default) =>
        _api.MakeAsync("/accounts", new AccountBody(email, password, org), ApiJson.Default.AccountBody, ApiJson.Default.NewAccount, null, cancellationToken);

    /// <summary>A fresh account token for e-mail and password.</summary>
    public Task<AccountSession> SignInAsync(string email, string password, CancellationToken cancellationToken = default) =>
        _api.PostAsync("/sessions", new AccountBody(email, password), ApiJson.Default.AccountBody, ApiJson.Default.AccountSession, null, cancellationToken);

    /// <summary>Changes the password. Every account token ends but the answer's; API keys go on.</summary>
    /// <param name="password">The one that holds now.</param>
    public Task<AccountSession> ChangePasswordAsync(string accountId, string accountToken, string password, string newPassword, CancellationToken cancellationToken = default) =>
        _api.PostAsync(AccountPath(accountId, "password"), new PasswordBody(password, newPassword), ApiJson.Default.PasswordBody, ApiJson.Default.AccountSession, accountToken, cancellationToken);

    /// <summary>Closes the account with its keys and agents, for ever; live connections end within seconds.</summary>
    public Task CloseAccountAsync(string accountId, string accountToken, string password, CancellationToken cancellationToken = default) =>
        _api.PostAsync(AccountPath(accountId, "close"), new CloseBody(password), ApiJson.Default.CloseBody, accountToken, cancellationToken);

    /// <summary>The account's organisations: the first parts of channel names that are its own.</summary>
    public async Task<IReadOnlyList<string>> ListOrgsAsync(string accountId, string accountToken, CancellationToken cancellationToken = default) =>
        [.. (await _api.GetAsync(AccountPath(accountId, "orgs"), ApiJson.Default.OrgList, accountToken, cancellationToken).ConfigureAwait(false)).Orgs.Select(org => org.Name)];

    /// <summary>A further organisation for the account.</summary>
    /// <returns>Its name, as the service has it.</returns>
    public async Task<string> CreateOrgAsync(string accountId, string accountToken, string name, CancellationToken cancellationToken = default) =>
        (await _api.MakeAsync(AccountPath(accountId, "orgs"), new OrgBody(name), ApiJson.Default.OrgBody, ApiJson.Default.Org, accountToken, cancellationToken).ConfigureAwait(false)).Name;
}
