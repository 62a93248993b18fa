using System.CommandLine;
using Skytale.Cli.Configuration;
using Skytale.Cli.Homes;
using Skytale.Protocol;
using Skytale.Sdk;
using Skytale.Sdk.Api;

namespace Skytale.Cli;

/// <summary>The account of this home and its server: what every command on accounts, keys and agents starts with.</summary>
internal sealed class Account : IDisposable
{
    private const string Login = "Run: skytale login --email YOU@EXAMPLE.ORG";
    private readonly string? _token;
    private readonly string? _apiKey;

    private Account(Home home, string id, string? token, string? apiKey, SkytaleApiClient api)
    {
        Home = home;
        Id = id;
        _token = token;
        _apiKey = apiKey;
        Api = api;
    }

    public Home Home { get; }

    public string Id { get; }

    public SkytaleApiClient Api { get; }

    /// <summary>The account's token, which is good for a quarter of an hour.</summary>
    public string Token => _token ?? throw new CliException(ExitCode.Failed, "This home is not logged in, or its account token has expired.", Login);

    /// <summary>The account's token while it lives, else the API key: for what either may do.</summary>
    public string TokenOrKey => _token ?? _apiKey ?? Token;

    public static Account Of(ParseResult parsed)
    {
        var home = Home.Of(parsed);
        var credentials = home.Credentials;
        var token = credentials.AccountTokenExpiresAt > DateTimeOffset.UtcNow ? credentials.AccountToken : null;
        return new Account(home, credentials.AccountId, token, Settings.ApiKey.Of(parsed), Servers.Of(parsed, home).OfAccount(credentials).Connect());
    }

    /// <summary>One call of the API; that the token has just ended is told with what to do about it.</summary>
    public static async Task<T> CallAsync<T>(ParseResult parsed, Func<Account, Task<T>> call)
    {
        using var account = Of(parsed);
        try
        {
            return await call(account);
        }
        catch (SkytaleException refused) when (refused.Refusal is ErrorCode.InvalidToken or ErrorCode.ExpiredToken)
        {
            throw new CliException(ExitCode.Failed, "The account token has expired or is of another server.", Login, refused);
        }
    }

    public static Task CallAsync(ParseResult parsed, Func<Account, Task> call) => CallAsync(parsed, async account =>
    {
        await call(account);
        return true;
    });

    public void Dispose() => Api.Dispose();
}
