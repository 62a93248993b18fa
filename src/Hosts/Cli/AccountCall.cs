using Skytale.Cli.Homes;
using Skytale.Protocol;
using Skytale.Sdk;
using Skytale.Sdk.Api;

namespace Skytale.Cli;

/// <summary>A call of the API with this home's account token, which is good for a quarter of an hour.</summary>
internal static class AccountCall
{
    public static async Task<T> RunAsync<T>(Home home, Func<SkytaleApiClient, Credentials, Task<T>> call)
    {
        var credentials = home.Credentials;
        using var api = home.ServerOf(credentials).Connect();
        try
        {
            return await call(api, credentials);
        }
        catch (SkytaleException refused) when (refused.Refusal is ErrorCode.InvalidToken or ErrorCode.ExpiredToken)
        {
            throw new CliException(ExitCode.Failed, "The account token has expired or is of another server.", "Run: skytale signin --email YOU@EXAMPLE.ORG", refused);
        }
    }
}
