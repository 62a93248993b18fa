using System.CommandLine;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>The account's API keys.</summary>
internal sealed class KeysList : CliCommand
{
    private readonly Option<bool> _all = new("--all") { Description = "Those that were revoked of late, too" };

    public KeysList()
        : base("list", "List the account's API keys: id, when it was made, last used and revoked, scopes, and name.", "skytale keys list", "skytale keys list --all --json")
        => Options.Add(_all);

    protected override Task RunAsync(ParseResult parsed, CancellationToken cancellationToken) => Account.CallAsync(parsed, async account =>
    {
        var keys = await account.Api.ListKeysAsync(account.Id, account.Token, cancellationToken);
        Output.List(
            [.. keys.Where(key => key.RevokedAt is null || parsed.GetValue(_all))],
            ("key", key => key.KeyId),
            ("created", key => Output.At(key.CreatedAt)),
            ("used", key => Output.At(key.LastUsedAt)),
            ("revoked", key => Output.At(key.RevokedAt)),
            ("scopes", key => string.Join(' ', key.Scopes)),
            ("name", key => key.Name));
    });
}
