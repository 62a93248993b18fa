using System.CommandLine;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>A fresh account token: the one of the signup lives for a short time only.</summary>
internal sealed class SignIn : CliCommand
{
    public SignIn()
        : base(
            "signin", "Get a fresh account token, which 'keys create' needs; agents go on without.",
            "skytale signin --email you@example.org --password-stdin < password.txt")
    {
        Options.Add(Ask.EmailOption);
        Options.Add(Ask.PasswordOption);
        Options.Add(Ask.PasswordStdinOption);
        ServerChoice.AddTo(this);
    }

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var home = Home.Of(parsed);
        var known = home.FindCredentials();
        var server = known is null ? ServerChoice.Of(parsed, home) : home.ServerOf(known);
        var email = await Ask.EmailAsync(parsed, cancellationToken);
        var password = await Ask.PasswordAsync(parsed, cancellationToken);
        using var api = server.Connect();
        var session = await api.SignInAsync(email, password, cancellationToken);
        if (known is not null && known.AccountId != session.AccountId)
            throw new CliException(ExitCode.Failed, "That is another account than this home's.", "Use another --home for another account.");

        home.Write(known is null
            ? new Credentials(server.ApiUrl, server.CertificateSha256, session.AccountId, Org: null, session.AccountToken, ApiKey: null)
            : known with { AccountToken = session.AccountToken });
        Output.Line($"account  {session.AccountId}");
    }
}
