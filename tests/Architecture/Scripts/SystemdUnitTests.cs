using System.Diagnostics;
using Skytale.Tests;

namespace Skytale.Architecture.Tests.Scripts;

public sealed class SystemdUnitTests
{
    [Theory(Timeout = 60_000)]
    [InlineData("skytale-server.service", "skytale-server.service")]
    [InlineData("skytale-server@.service", "skytale-server@relay.service")]
    public async Task Systemd_takes_the_units(string file, string instance)
    {
        const string analyze = "/usr/bin/systemd-analyze";
        Assert.SkipUnless(File.Exists(analyze), "systemd-analyze is not installed");
        using var folder = new TemporaryFolder();
        var unit = await File.ReadAllTextAsync(Repository.At($"scripts/systemd/{file}"), TestContext.Current.CancellationToken);
        // Who verifies wants the program to be there.
        await File.WriteAllTextAsync(folder.File(instance), unit.Replace("ExecStart=/opt/skytale/skytale-server", "ExecStart=/bin/true", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        using var process = Process.Start(new ProcessStartInfo(analyze, ["verify", "--man=no", folder.File(instance)]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var said = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        said.Split('\n').Where(line => line.Contains(folder.Path, StringComparison.Ordinal) || line.Contains("skytale", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
