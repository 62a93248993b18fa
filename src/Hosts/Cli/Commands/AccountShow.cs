using System.CommandLine;
using Skytale.Cli.Configuration;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>The account of this home, without asking anybody.</summary>
internal sealed class AccountShow : CliCommand
{
    public AccountShow()
        : base("show", "Show the account of this home, its server, and which credentials are here.", "skytale account show")
    {
    }

    protected override Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var home = Home.Of(parsed);
        var account = home.Credentials;
        var server = Servers.Of(parsed, home).OfAccount(account);
        var until = account.AccountToken is null ? null : account.AccountTokenExpiresAt;
        var keyId = ApiKeys.IdOf(Settings.ApiKey.Of(parsed));
        Output.Show(
            new { account.AccountId, account.Org, server.ApiUrl, server.CertificateSha256, LoggedInUntil = until, KeyId = keyId },
            ("account", account.AccountId),
            ("org", account.Org),
            ("server", server.ApiUrl),
            ("certificate", server.CertificateSha256 ?? "(the system's trust)"),
            ("logged in", until is null ? "no" : $"until {Output.At(until)}"),
            ("API key", keyId));
        return Task.CompletedTask;
    }
}
