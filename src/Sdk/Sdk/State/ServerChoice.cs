namespace Skytale.Sdk.State;

/// <summary>Which server is asked.</summary>
/// <param name="home">The home that asks.</param>
/// <param name="named">The server that was named; null: none was.</param>
internal sealed class ServerChoice(Home home, ServerLocation? named)
{
    /// <summary>What was said of a server, as a location.</summary>
    /// <exception cref="SkytaleException">A certificate without its server.</exception>
    public static ServerLocation? Named(string? url, string? certificate)
    {
        if (url is not null)
            return new ServerLocation(url, certificate?.ToLowerInvariant());
        return certificate is null ? null : throw new SkytaleException(SkytaleError.InvalidArgument, "A certificate is given without its server.", "Name the server too: its https address.");
    }

    /// <summary>For who has no account here yet: the named one, else the one that runs on this machine.</summary>
    public ServerLocation OfNobody() =>
        named
        ?? home.LocalServer
        ?? throw new SkytaleException(
            SkytaleError.ServerUnreachable, $"No server runs on this machine for the home {home.FolderPath}.", "Start skytale-server, or name a server: SKYTALE_SERVER, --server or SkytaleAgentOptions.Server.");

    /// <summary>The account's server, or without an account whichever <see cref="OfNobody"/> says.</summary>
    public ServerLocation Any() => home.FindCredentials() is { } credentials ? OfAccount(credentials) : OfNobody();

    /// <summary>The account's server.</summary>
    public ServerLocation OfAccount(Credentials credentials) => Remembered(home.Now(credentials.Server), "This home's account is");

    /// <summary>For who brings an API key.</summary>
    public ServerLocation OfKey(string? apiKey) => home.FindCredentials() is { } credentials && apiKey == credentials.ApiKey ? OfAccount(credentials) : ForOwnCredential();

    /// <summary>For who brings a credential that is not this home's: the named one, else the account's, else whichever <see cref="OfNobody"/> says.</summary>
    public ServerLocation ForOwnCredential() => named ?? (home.FindCredentials() is { } account ? home.Now(account.Server) : OfNobody());

    /// <summary>The one that is remembered with a credential. Another server that is named is refused: it would be shown credentials that are not its own.</summary>
    /// <param name="own">Where it is now.</param>
    /// <param name="whose">The beginning of the refusal.</param>
    public ServerLocation Remembered(ServerLocation own, string whose)
    {
        if (named is null || named == own)
            return own;
        var samePlace = named.CertificateSha256 is null && named.ApiUrl == own.ApiUrl;
        var sameCertificate = named.CertificateSha256 is not null && named.CertificateSha256 == own.CertificateSha256;
        return samePlace ? own
            : sameCertificate ? named
            : throw new SkytaleException(SkytaleError.InvalidArgument, $"{whose} at {own.ApiUrl}, and {named.ApiUrl} is not known to be the same server.", "Use another home folder (--home, SKYTALE_HOME) for another server.");
    }
}
