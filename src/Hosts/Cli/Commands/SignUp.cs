using System.CommandLine;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>Makes an account, and remembers it in this home.</summary>
internal sealed class SignUp : CliCommand
{
    private readonly Option<string?> _org = new("--org")
    {
        Description = "The organisation's name: the first part of your channels' names [default: the server chooses]",
        HelpName = "NAME",
    };

    public SignUp()
        : base(
            "signup", "Make an account; asks for what is left out.",
            "skytale signup",
            "skytale signup --email you@example.org --org acme --password-stdin < password.txt",
            "skytale signup --email you@example.org --server https://skytale.example.org")
    {
        Options.Add(Shared.Email);
        SecretSource.Password.AddTo(this);
        Options.Add(_org);
    }

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var home = Home.Of(parsed);
        if (home.FindCredentials() is { } there)
            throw new CliException(ExitCode.Failed, $"This home has an account already: {there.AccountId}.", "Use another --home for another account.");

        var server = Servers.Of(parsed, home).OfNobody();
        var email = await Ask.EmailAsync(parsed, cancellationToken);
        var password = await SecretSource.Password.ReadAsync(parsed, cancellationToken);
        using var api = server.Connect();
        var account = await api.SignUpAsync(email, password, parsed.GetValue(_org), cancellationToken);
        home.Write(new Credentials(server.ApiUrl, server.CertificateSha256, account.AccountId, account.Org, account.AccountToken, account.ExpiresAt));

        Output.Show(new { account.AccountId, account.Org, account.ExpiresAt }, ("account", account.AccountId), ("org", account.Org));
        Output.Remark("Next: skytale keys create");
    }
}
