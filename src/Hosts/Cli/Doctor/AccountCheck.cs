using System.CommandLine;
using Skytale.Cli.Configuration;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;
using Skytale.Sdk;

namespace Skytale.Cli.Doctor;

/// <summary>The credentials of this home: the account's token, and a token for the agent that acts.</summary>
internal static class AccountCheck
{
    public static async Task<Finding> TokenAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        const string Check = "account";
        try
        {
            using var account = Account.Of(parsed);
            if (account.Home.Credentials is not { AccountToken: not null, AccountTokenExpiresAt: { } until } || until <= DateTimeOffset.UtcNow)
                return Finding.Doubtful(Check, $"{account.Id}, not logged in", "Agents go on without. For the account's own commands: skytale login");
            await account.Api.ListOrgsAsync(account.Id, account.Token, cancellationToken);
            return Finding.Good(Check, $"{account.Id}, logged in until {Output.At(until)}");
        }
        catch (Exception exception) when (exception is CliException or SkytaleException)
        {
            return Finding.Of(Check, Failures.Describe(exception)!);
        }
    }

    public static async Task<Finding> AgentAsync(ParseResult parsed, AgentFolder? folder, CancellationToken cancellationToken)
    {
        const string Check = "agent";
        if (folder is null)
            return Finding.Doubtful(Check, "there is no agent in this home", "Run: skytale agent create NAME");
        try
        {
            var key = Settings.ApiKey.Of(parsed) ?? throw new CliException(ExitCode.Failed, "This home has no API key.", "Run: skytale keys create");
            using var api = Servers.Of(parsed).OfKey(key).Connect();
            var token = await api.CreateTokenAsync(key, folder.Read().AgentId, cancellationToken: cancellationToken);
            return Finding.Good(Check, $"{folder.Name} {token.AgentId} gets tokens for {token.Relay.Name} at {token.Relay.Host}:{token.Relay.Port}: {string.Join(' ', token.Scopes)}");
        }
        catch (Exception exception) when (exception is CliException or SkytaleException)
        {
            return Finding.Of(Check, Failures.Describe(exception)!);
        }
    }
}
