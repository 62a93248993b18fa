using System.CommandLine;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>Ends an API key: lost, stolen, or needed no more.</summary>
internal sealed class KeysRevoke : CliCommand
{
    private readonly Argument<string> _key = new("key") { Description = "The key's id, as 'skytale keys list' shows it" };

    public KeysRevoke()
        : base("revoke", "End an API key for ever: agents that use it are disconnected within seconds.", "skytale keys revoke KEY") => Arguments.Add(_key);

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var home = Home.Of(parsed);
        var key = parsed.GetValue(_key)!;
        await AccountCall.RunAsync(home, async (api, account) =>
        {
            await api.RevokeKeyAsync(account.AccountId, account.AccountToken, key, cancellationToken);
            return key;
        });
        if (home.Credentials.ApiKey?.Contains($"_{key}_", StringComparison.Ordinal) != true)
            return;
        home.Write(home.Credentials with { ApiKey = null });
        Output.Remark("It was this home's key. Next: skytale keys create");
    }
}
