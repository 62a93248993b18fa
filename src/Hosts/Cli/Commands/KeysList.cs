using System.CommandLine;
using System.Globalization;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>The account's API keys.</summary>
internal sealed class KeysList : CliCommand
{
    public KeysList()
        : base("list", "List the account's API keys: id, when it was made, and name.", "skytale keys list")
    {
    }

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var keys = await AccountCall.RunAsync(Home.Of(parsed), (api, account) => api.ListKeysAsync(account.AccountId, account.AccountToken, cancellationToken));
        Output.Table(["key", "created", "name"], [.. keys.Select(key => new[] { key.KeyId, key.CreatedAt.ToString("u", CultureInfo.InvariantCulture), Plain.OneLine(key.Name) })]);
    }
}
