using System.CommandLine;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>Forgets the account token, and the API key if that is wanted.</summary>
internal sealed class LogOut : CliCommand
{
    private readonly Option<bool> _forgetKey = new("--forget-key") { Description = "Forget the API key too: agents of this home cannot connect any more. It stays valid until 'skytale keys revoke'" };

    public LogOut()
        : base("logout", "Forget this home's account token; agents go on with the API key.", "skytale logout", "skytale logout --forget-key") => Options.Add(_forgetKey);

    protected override Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var home = Home.Of(parsed);
        var credentials = home.Credentials with { AccountToken = null, AccountTokenExpiresAt = null };
        if (parsed.GetValue(_forgetKey))
            credentials = credentials with { ApiKey = null };
        home.Write(credentials);
        var hasKey = credentials.ApiKey is not null;
        Output.Show(new { credentials.AccountId, HasApiKey = hasKey }, ("account", credentials.AccountId), ("API key", hasKey ? "kept" : "none here"));
        return Task.CompletedTask;
    }
}
