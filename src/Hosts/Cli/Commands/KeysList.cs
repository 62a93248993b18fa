using System.CommandLine;
using System.Globalization;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>The account's API keys.</summary>
internal sealed class KeysList : CliCommand
{
    public KeysList()
        : base("list", "List the account's API keys: id, when it was made and last used, scopes, and name.", "skytale keys list")
    {
    }

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var keys = await AccountCall.RunAsync(Home.Of(parsed), (api, account) => api.ListKeysAsync(account.AccountId, account.AccountToken, cancellationToken));
        Output.Table(
            ["key", "created", "used", "scopes", "name"],
            [.. keys.Where(key => key.RevokedAt is null).Select(key => new[] { key.KeyId, Text(key.CreatedAt), Text(key.LastUsedAt), Plain.OneLine(string.Join(' ', key.Scopes)), Plain.OneLine(key.Name) })]);
    }

    private static string Text(DateTimeOffset? at) => at?.ToString("u", CultureInfo.InvariantCulture) ?? "-";
}
