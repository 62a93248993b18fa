using System.CommandLine;
using Skytale.Cli.Configuration;
using Skytale.Cli.Homes;

namespace Skytale.Cli;

/// <summary>Which server is asked.</summary>
internal static class ServerChoice
{
    /// <summary>For who has no account here yet: the named one, else the one that runs on this machine.</summary>
    public static ServerLocation Of(ParseResult parsed, Home home) =>
        Named(parsed)
        ?? home.LocalServer
        ?? throw new CliException(ExitCode.Server, "No server runs on this machine for this home.", "Start skytale-server, or name one: --server URL");

    /// <summary>The one that commands of this home ask: the account's, or without an account whichever <see cref="Of"/> says.</summary>
    public static ServerLocation Any(ParseResult parsed, Home home) => home.FindCredentials() is { } credentials ? OfAccount(parsed, home, credentials) : Of(parsed, home);

    /// <summary>The account's server. Another one that is named is refused: it would be shown the account's credentials.</summary>
    public static ServerLocation OfAccount(ParseResult parsed, Home home, Credentials credentials)
    {
        var own = home.ServerOf(credentials);
        if (Named(parsed) is not { } named || named == own)
            return own;
        var samePlace = named.CertificateSha256 is null && named.ApiUrl == own.ApiUrl;
        var sameCertificate = named.CertificateSha256 is not null && named.CertificateSha256 == own.CertificateSha256;
        return samePlace ? own
            : sameCertificate ? named
            : throw new CliException(ExitCode.Usage, $"This home's account is at {own.ApiUrl}, and {named.ApiUrl} is not known to be the same server.", "Use another --home for another server.");
    }

    /// <summary>For who brings an API key: the account's server, or without an account whichever <see cref="Of"/> says.</summary>
    public static ServerLocation OfKey(ParseResult parsed, Home home) => home.FindCredentials() is { } credentials && Settings.ApiKey.Of(parsed) == credentials.ApiKey
        ? OfAccount(parsed, home, credentials)
        : Named(parsed) ?? (home.FindCredentials() is { } account ? home.ServerOf(account) : Of(parsed, home));

    private static ServerLocation? Named(ParseResult parsed)
    {
        var certificate = Settings.Certificate.Of(parsed)?.ToLowerInvariant();
        if (Settings.Server.Of(parsed) is { } url)
            return new ServerLocation(url, certificate);
        return certificate is null ? null : throw new CliException(ExitCode.Usage, "A certificate is given without its server.", "Add: --server URL");
    }
}
