using System.CommandLine;
using Skytale.Cli.Admin;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands.Admin;

/// <summary>One account with its organisations.</summary>
internal sealed class AdminAccount : CliCommand
{
    private readonly Argument<string> _account = new("account") { Description = "Its id: acc_…" };

    public AdminAccount()
        : base("account", "Show an account with its organisations.", "skytale admin account acc_…") => Arguments.Add(_account);

    protected override Task RunAsync(ParseResult parsed, CancellationToken cancellationToken) => Administrator.CallAsync(parsed, async admin =>
    {
        var account = await admin.Api.ShowAccountAsync(admin.Token, parsed.GetValue(_account)!, cancellationToken);
        Output.Show(
            account,
            ("account", account.AccountId),
            ("e-mail", account.Email),
            ("state", account.State),
            ("created", Output.At(account.CreatedAt)),
            ("suspended", Output.At(account.SuspendedAt)),
            ("closed", Output.At(account.ClosedAt)),
            ("keys", $"{account.Keys}"),
            ("agents", $"{account.Agents}"),
            ("orgs", string.Join(' ', account.Orgs ?? [])));
    });
}
