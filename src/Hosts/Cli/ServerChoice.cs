using System.CommandLine;
using Skytale.Cli.Homes;

namespace Skytale.Cli;

/// <summary>Which server an account is made or found at: the named one, else the one that runs on this machine.</summary>
internal static class ServerChoice
{
    private static readonly Option<string?> Server = new("--server")
    {
        Description = "The API server's https address [default: the server of this machine]",
        HelpName = "URL",
    };

    private static readonly Option<string?> Certificate = new("--certificate")
    {
        Description = "Trust the server with this certificate only: the SHA-256 that it printed [default: the system's trust]",
        HelpName = "SHA256",
    };

    public static void AddTo(Command command)
    {
        command.Options.Add(Server);
        command.Options.Add(Certificate);
    }

    public static ServerLocation Of(ParseResult parsed, Home home) =>
        parsed.GetValue(Server) is { } url
            ? new ServerLocation(url, parsed.GetValue(Certificate))
            : home.LocalServer ?? throw new CliException(ExitCode.Server, "No server runs on this machine for this home.", "Start skytale-server, or name one: --server URL");
}
