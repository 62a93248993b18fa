using System.CommandLine;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>Makes an API key, shows it once and uses it from now on in this home.</summary>
internal sealed class KeysCreate : CliCommand
{
    private readonly Option<string?> _name = new("--name") { Description = "What you call it, to tell keys apart later", HelpName = "TEXT" };

    public KeysCreate()
        : base(
            "create", "Make an API key: it is shown once, and used in this home from now on.",
            "skytale keys create",
            "skytale keys create --name laptop")
        => Options.Add(_name);

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var home = Home.Of(parsed);
        var key = await AccountCall.RunAsync(home, (api, account) => api.CreateKeyAsync(account.AccountId, account.AccountToken, parsed.GetValue(_name), cancellationToken));
        home.Write(home.Credentials with { ApiKey = key.ApiKey });
        Output.Line(key.ApiKey);
        Output.Remark("Kept in this home's credentials.json; the server will not show it again. Next: skytale agent create NAME");
    }
}
