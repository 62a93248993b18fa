using System.CommandLine;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>The account's organisations.</summary>
internal sealed class OrgsList : CliCommand
{
    public OrgsList()
        : base("list", "List the account's organisations.", "skytale orgs list")
    {
    }

    protected override Task RunAsync(ParseResult parsed, CancellationToken cancellationToken) => Account.CallAsync(parsed, async account =>
    {
        var orgs = await account.Api.ListOrgsAsync(account.Id, account.Token, cancellationToken);
        Output.List([.. orgs.Select(name => new { Org = name })], ("org", org => org.Org));
    });
}
