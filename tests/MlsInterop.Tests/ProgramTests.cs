using System.Diagnostics;
using Grpc.Net.Client;
using Skytale.MlsInterop.Tests.Kit;

namespace Skytale.MlsInterop.Tests;

/// <summary>The server as a program.</summary>
public sealed class ProgramTests(TwoServers servers)
{
    [Fact(Timeout = 60_000)]
    public async Task It_says_when_it_is_ready_and_ends_cleanly_when_asked_to()
    {
        using var program = Start("--port", "0");
        var address = (await program.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldNotBeNull();
        (await program.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).ShouldBe("ready");
        using (var channel = GrpcChannel.ForAddress("http://" + address["listening on ".Length..]))
            (await new Wire.MLSClient.MLSClientClient(channel).NameAsync(new())).Name.ShouldBe("Skytale");

        using (var kill = Process.Start("kill", ["-TERM", $"{program.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        program.ExitCode.ShouldBe(0);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_port_in_use_is_an_error()
    {
        var (code, errors) = await RunAsync("--port", $"{servers.Address(0).Port}");
        code.ShouldBe(1);
        errors.ShouldContain("cannot listen");
    }

    [Theory(Timeout = 60_000)]
    [InlineData]
    [InlineData("--port")]
    [InlineData("--port", "-1")]
    [InlineData("--port", "70000")]
    [InlineData("--port", "0", "more")]
    public async Task Other_arguments_are_a_usage_error(params string[] arguments)
    {
        var (code, errors) = await RunAsync(arguments);
        code.ShouldBe(2);
        errors.ShouldContain("usage:");
    }

    private static async Task<(int Code, string Errors)> RunAsync(params string[] arguments)
    {
        using var program = Start(arguments);
        var errors = await program.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (program.ExitCode, errors);
    }

    // The program lies beside the tests, which refer to it.
    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, ArgumentList = { typeof(InteropServer).Assembly.Location } };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }
}
