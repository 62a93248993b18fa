using System.CommandLine;
using Skytale.Cli.Configuration;
using Skytale.Cli.Homes;
using Skytale.Sdk.Api.Admin;

namespace Skytale.Cli;

/// <summary>Which server a command asks.</summary>
internal static class Servers
{
    public static ServerChoice Of(ParseResult parsed, Home home) => new(home, ServerChoice.Named(Settings.Server.Of(parsed), Settings.Certificate.Of(parsed)));

    public static ServerChoice Of(ParseResult parsed) => Of(parsed, Home.Of(parsed));

    /// <summary>The server that the administrator is logged in at.</summary>
    public static ServerLocation OfAdmin(ParseResult parsed, Home home, AdminCredentials admin) => Of(parsed, home).Remembered(home.Now(admin.Server), "This home's administrator is logged in");

    public static SkytaleAdminClient ConnectAsAdmin(this ServerLocation server) => new(server.Url, server.Trusted);
}
