using System.CommandLine;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands.Admin;

/// <summary>A fresh administrator's token; the key itself is kept nowhere here.</summary>
internal sealed class AdminLogIn : CliCommand
{
    public AdminLogIn()
        : base(
            "login", "Get an administrator's token, good for a quarter of an hour, for a key of 'skytale-server admin create'. The key is not kept.",
            "skytale admin login",
            "skytale admin login --admin-key-stdin < key.txt",
            "skytale admin login --server https://api.example.org --admin-key-file key.txt")
        => SecretSource.AdminKey.AddTo(this);

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var home = Home.Of(parsed);
        var server = Servers.Of(parsed, home).ForOwnCredential();
        var key = await SecretSource.AdminKey.ReadAsync(parsed, cancellationToken);
        using var api = server.ConnectAsAdmin();
        var session = await api.SignInAsync(key, cancellationToken);
        home.Write(AdminCredentials.Of(server, session));
        Output.Show(
            new { session.AdminId, session.Name, server.ApiUrl, session.ExpiresAt },
            ("administrator", $"{session.AdminId} {session.Name}"),
            ("server", server.ApiUrl),
            ("until", Output.At(session.ExpiresAt)));
    }
}
