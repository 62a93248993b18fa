using System.CommandLine;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>Closes the account.</summary>
internal sealed class AccountClose : CliCommand
{
    public AccountClose()
        : base(
            "close", "Close the account with its keys and agents, for ever; asks first. Stores of agents stay where they are.",
            "skytale account close",
            "skytale account close --yes --password-stdin < password.txt")
    {
        SecretSource.Password.AddTo(this);
        Options.Add(Ask.Yes);
    }

    protected override Task RunAsync(ParseResult parsed, CancellationToken cancellationToken) => Account.CallAsync(parsed, async account =>
    {
        var token = account.Token;
        await Ask.ConfirmAsync(parsed, $"Close account {account.Id} for ever?", cancellationToken);
        var password = await SecretSource.Password.ReadAsync(parsed, cancellationToken);
        await account.Api.CloseAccountAsync(account.Id, token, password, cancellationToken);
        File.Delete(account.Home.CredentialsPath);
        Output.Show(new { AccountId = account.Id, Closed = true }, ("closed", account.Id));
    });
}
