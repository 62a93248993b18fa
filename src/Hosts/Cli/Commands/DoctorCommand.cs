using System.CommandLine;
using Skytale.Cli.Configuration;
using Skytale.Cli.Doctor;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;
using Skytale.Sdk;

namespace Skytale.Cli.Commands;

/// <summary>Looks at everything that an agent needs from here, and says what to do.</summary>
internal sealed class DoctorCommand : CliCommand
{
    public DoctorCommand()
        : base(
            "doctor", "Check what works from here: home, libraries, API server, clock, credentials, and the relay by each transport.",
            "skytale doctor",
            "skytale doctor --agent alice --json")
        => Options.Add(Shared.Agent);

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var home = Home.Of(parsed);
        var findings = new List<Finding>();
        void Add(params IEnumerable<Finding> found)
        {
            foreach (var finding in found)
            {
                findings.Add(finding);
                if (!Output.Json)
                    Output.Verdict(finding);
            }
        }

        Add(HomeCheck.Permissions(home), HomeCheck.Files(parsed), NativeCheck.SqlCipher(), await NativeCheck.QuicAsync());
        Add(await ServerAsync(parsed, home, cancellationToken));
        Add(await AccountCheck.TokenAsync(parsed, cancellationToken));
        try
        {
            var folder = FolderOf(parsed, home);
            Add(await AccountCheck.AgentAsync(parsed, folder, cancellationToken));
            Add(await RelayCheck.RunAsync(parsed, folder, cancellationToken));
        }
        catch (Exception unknown) when (unknown is CliException or SkytaleException)
        {
            Add([Finding.Of("agent", Failures.Describe(unknown)!), .. RelayCheck.Names.Select(check => Finding.NotTried(check, "there is no such agent"))]);
        }

        var failed = findings.Where(finding => finding.Result == Finding.Fail).Select(finding => finding.Check).ToList();
        if (Output.Json)
            Output.Show(findings, "");
        if (failed.Count > 0)
            throw new CliException(ExitCode.Failed, $"Not all is well: {string.Join(", ", failed)}.", "Each has its hint.");
    }

    private static async Task<IReadOnlyList<Finding>> ServerAsync(ParseResult parsed, Home home, CancellationToken cancellationToken)
    {
        try
        {
            return await ServerCheck.RunAsync(Servers.Of(parsed, home).Any(), DateTimeOffset.UtcNow, cancellationToken);
        }
        catch (Exception none) when (none is CliException or SkytaleException)
        {
            return ServerCheck.None(Failures.Describe(none)!);
        }
    }

    // Of several agents the first is as good as another.
    private static AgentFolder? FolderOf(ParseResult parsed, Home home) =>
        Settings.Agent.Of(parsed) is { } name ? AgentFolder.Acting(home, name) : home.Agents is [var first, ..] ? first : null;
}
