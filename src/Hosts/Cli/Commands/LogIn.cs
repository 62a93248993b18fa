using System.CommandLine;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>A fresh account token: the one of the signup lives for a short time only.</summary>
internal sealed class LogIn : CliCommand
{
    public LogIn()
        : base(
            "login", "Get a fresh account token, which the commands on account, orgs and keys need for a quarter of an hour; agents go on without.",
            "skytale login",
            "skytale login --email you@example.org --password-stdin < password.txt")
    {
        Options.Add(Shared.Email);
        SecretSource.Password.AddTo(this);
    }

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var home = Home.Of(parsed);
        var known = home.FindCredentials();
        var server = known is null ? Servers.Of(parsed, home).OfNobody() : Servers.Of(parsed, home).OfAccount(known);
        var email = await Ask.EmailAsync(parsed, cancellationToken);
        var password = await SecretSource.Password.ReadAsync(parsed, cancellationToken);
        using var api = server.Connect();
        var session = await api.SignInAsync(email, password, cancellationToken);
        if (known is not null && known.AccountId != session.AccountId)
            throw new CliException(ExitCode.Failed, "That is another account than this home's.", "Use another --home for another account.");

        home.Write((known ?? new Credentials(server.ApiUrl, server.CertificateSha256, session.AccountId, Org: null)).With(session));
        Output.Show(new { session.AccountId, session.ExpiresAt }, ("account", session.AccountId), ("until", Output.At(session.ExpiresAt)));
    }
}
