using System.CommandLine;
using Skytale.Cli.Homes;
using Skytale.Protocol;
using Skytale.Sdk;
using Skytale.Sdk.Api.Admin;

namespace Skytale.Cli.Admin;

/// <summary>The administrator who is logged in from this home, and the server.</summary>
internal sealed class Administrator : IDisposable
{
    private const string Login = "Run: skytale admin login";

    private Administrator(string token, SkytaleAdminClient api)
    {
        Token = token;
        Api = api;
    }

    public string Token { get; }

    public SkytaleAdminClient Api { get; }

    /// <summary>What an administrator asks the server; that the token has just ended is told with what to do about it.</summary>
    public static async Task<T> CallAsync<T>(ParseResult parsed, Func<Administrator, Task<T>> call)
    {
        var home = Home.Of(parsed);
        var known = home.FindAdmin();
        if (known is null || known.ExpiresAt <= DateTimeOffset.UtcNow)
            throw new CliException(ExitCode.Failed, "No administrator is logged in from this home, or the token has expired.", Login);
        using var admin = new Administrator(known.Token, Servers.OfAdmin(parsed, home, known).ConnectAsAdmin());
        try
        {
            return await call(admin);
        }
        catch (SkytaleException refused) when (refused.Refusal is ErrorCode.InvalidToken or ErrorCode.ExpiredToken or ErrorCode.InvalidCredentials)
        {
            throw new CliException(ExitCode.Failed, "The administrator's token has ended or is of another server.", Login, refused);
        }
    }

    public static Task CallAsync(ParseResult parsed, Func<Administrator, Task> call) => CallAsync(parsed, async admin =>
    {
        await call(admin);
        return true;
    });

    public void Dispose() => Api.Dispose();
}
