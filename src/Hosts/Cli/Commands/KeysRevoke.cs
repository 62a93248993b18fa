using System.CommandLine;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>Ends an API key: lost, stolen, or needed no more.</summary>
internal sealed class KeysRevoke : CliCommand
{
    private readonly Argument<string> _key = new("key") { Description = "The key's id, as 'skytale keys list' shows it" };

    public KeysRevoke()
        : base("revoke", "End an API key for ever: agents that use it are disconnected within seconds.", "skytale keys revoke KEY") => Arguments.Add(_key);

    protected override Task RunAsync(ParseResult parsed, CancellationToken cancellationToken) => Account.CallAsync(parsed, async account =>
    {
        var key = parsed.GetValue(_key)!;
        await account.Api.RevokeKeyAsync(account.Id, account.Token, key, cancellationToken);
        Output.Show(new { KeyId = key, Revoked = true }, ("revoked", key));
        var credentials = account.Home.Credentials;
        if (ApiKeys.IdOf(credentials.ApiKey) != key)
            return;
        account.Home.Write(credentials with { ApiKey = null });
        Output.Remark("It was this home's key. Next: skytale keys create");
    });
}
