using System.CommandLine;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>Makes an API key, shows it once and uses it from now on in this home.</summary>
internal sealed class KeysCreate : CliCommand
{
    private readonly Option<string?> _name = new("--name") { Description = "What you call it, to tell keys apart later", HelpName = "TEXT" };

    private readonly Option<bool> _keep = new("--print-only") { Description = "Do not use it in this home; for another machine" };

    public KeysCreate()
        : base(
            "create", "Make an API key: it is shown once, and used in this home from now on.",
            "skytale keys create",
            "skytale keys create --name laptop",
            "skytale keys create --name listener --scope 'receive:acme/news/*' --print-only")
    {
        Options.Add(_name);
        Options.Add(Scopes.Option);
        Options.Add(_keep);
    }

    protected override Task RunAsync(ParseResult parsed, CancellationToken cancellationToken) => Account.CallAsync(parsed, async account =>
    {
        var key = await account.Api.CreateKeyAsync(account.Id, account.Token, parsed.GetValue(_name), Scopes.Of(parsed), cancellationToken);
        var kept = !parsed.GetValue(_keep);
        if (kept)
            account.Home.Write(account.Home.Credentials with { ApiKey = key.ApiKey });
        Output.Show(new { key.KeyId, key.ApiKey, key.Scopes, Kept = kept }, key.ApiKey);
        Output.Remark(kept
            ? "Kept in this home's credentials.json; the server will not show it again. Next: skytale agent create NAME"
            : "The server will not show it again.");
    });
}
