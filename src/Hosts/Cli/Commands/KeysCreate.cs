using System.CommandLine;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;
using Skytale.Protocol;
using Skytale.Sdk;

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
        var credentials = home.Credentials;
        using var api = home.ServerOf(credentials).Connect();
        try
        {
            var key = await api.CreateKeyAsync(credentials.AccountId, credentials.AccountToken, parsed.GetValue(_name), cancellationToken);
            home.Write(credentials with { ApiKey = key.ApiKey });
            Output.Line(key.ApiKey);
            Output.Remark("Kept in this home's credentials.json; the server will not show it again. Next: skytale agent create NAME");
        }
        catch (SkytaleException refused) when (refused.Refusal is ErrorCode.InvalidToken or ErrorCode.ExpiredToken)
        {
            throw new CliException(ExitCode.Failed, "The account token has expired or is of another server.", "Run: skytale signin --email YOU@EXAMPLE.ORG", refused);
        }
    }
}
