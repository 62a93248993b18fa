using System.CommandLine;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>Changes the account's password.</summary>
internal sealed class AccountPassword : CliCommand
{
    public AccountPassword()
        : base(
            "password", "Change the account's password: every other login ends, API keys go on.",
            "skytale account password",
            "printf '%s\\n%s\\n' \"$OLD\" \"$NEW\" | skytale account password --password-stdin --new-password-stdin")
    {
        SecretSource.Password.AddTo(this);
        SecretSource.NewPassword.AddTo(this);
    }

    protected override Task RunAsync(ParseResult parsed, CancellationToken cancellationToken) => Account.CallAsync(parsed, async account =>
    {
        var token = account.Token;
        var password = await SecretSource.Password.ReadAsync(parsed, cancellationToken);
        var newPassword = await SecretSource.NewPassword.ReadAsync(parsed, cancellationToken);
        var session = await account.Api.ChangePasswordAsync(account.Id, token, password, newPassword, cancellationToken);
        account.Home.Write(account.Home.Credentials.With(session));
        Output.Show(new { session.AccountId, session.ExpiresAt }, ("account", session.AccountId), ("until", Output.At(session.ExpiresAt)));
    });
}
