using System.CommandLine;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>A further organisation.</summary>
internal sealed class OrgsCreate : CliCommand
{
    private readonly Argument<string> _name = new("name") { Description = "1 to 64 lower-case letters, digits, '-', '_' and '.', a letter or digit first" };

    public OrgsCreate()
        : base("create", "Take a further organisation's name for the account.", "skytale orgs create acme-labs") => Arguments.Add(_name);

    protected override Task RunAsync(ParseResult parsed, CancellationToken cancellationToken) => Account.CallAsync(parsed, async account =>
    {
        var name = await account.Api.CreateOrgAsync(account.Id, account.Token, parsed.GetValue(_name)!, cancellationToken);
        Output.Show(new { Org = name }, name);
    });
}
