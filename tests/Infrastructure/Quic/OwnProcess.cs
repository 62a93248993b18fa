using System.Diagnostics;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>An explicit test of this assembly in a process of its own, which it may end or spoil.</summary>
internal static class OwnProcess
{
    internal static async Task RunAsync(Type type, string test)
    {
        var cancel = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["-noColor", "-noLogo", "-explicit", "only", "-method", $"{type.FullName}.{test}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(cancel), process.StandardError.ReadToEndAsync(cancel));
            await process.WaitForExitAsync(cancel);

            process.ExitCode.ShouldBe(0, $"{await output} {await errors}");
            (await output).ShouldContain("Total: 1, Errors: 0, Failed: 0, Skipped: 0");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
