using System.Diagnostics;
using Skytale.Sdk;
using Skytale.Testing;

namespace Skytale.Tests.Sdk;

/// <summary>The package for others' tests, as they use it.</summary>
public sealed class TestServerTests
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task Nothing_is_left_of_a_server_that_was_disposed()
    {
        string home;
        await using (var server = await OneServer.StartAsync())
        {
            home = server.Home;
            await using var alice = await server.ConnectAgentAsync("alice");
            (await alice.CreateChannelAsync("demo/gone")).Members.ShouldBe([alice.Id]);
        }
        Directory.Exists(home).ShouldBeFalse();
    }

    [Fact(Timeout = Timeout)]
    public async Task Two_servers_do_not_meet()
    {
        await using var one = await OneServer.StartAsync();
        await using var two = await OneServer.StartAsync();
        two.Url.ShouldNotBe(one.Url);
        var lost = two.AgentOptions("alice");
        lost.ApiKey = one.ApiKey;
        (await Should.ThrowAsync<SkytaleException>(SkytaleAgent.ConnectAsync(lost))).Error.ShouldBe(SkytaleError.NotAuthenticated);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_server_that_does_not_start_says_why()
    {
        var options = new SkytaleTestServerOptions { ServerProgram = OneServer.Program, Settings = { "--Api:Listen=nowhere" } };
        (await Should.ThrowAsync<SkytaleTestServerException>(SkytaleTestServer.StartAsync(options))).Message.ShouldContain("Api:Listen");
        options = new SkytaleTestServerOptions { ServerProgram = "/nowhere/skytale-server" };
        (await Should.ThrowAsync<SkytaleTestServerException>(SkytaleTestServer.StartAsync(options))).Message.ShouldContain("ServerProgram");
    }

    [Fact(Timeout = Timeout)]
    public async Task The_server_ends_when_what_holds_its_input_is_killed()
    {
        // A shell holds the pipe, as the parent does; SIGKILL takes it away without a word.
        using var home = new TemporaryFolder();
        var script = $"sleep 600 | SKYTALE_HOME={home.Path} dotnet {OneServer.Program} --Roles=api --Api:Listen=127.0.0.1:0 --EndWithInput=true & server=$!; echo server $server; jobs -p; wait";
        var start = new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var shell = Process.Start(start)!;
        int? server = null;
        int? sleeper = null;
        while (await shell.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("database", StringComparison.Ordinal))
        {
            if (line.Split(' ') is ["server", var pid])
                server = int.Parse(pid);
            else if (int.TryParse(line, out var first))
                sleeper = first;
        }
        using var child = Process.GetProcessById(server.ShouldNotBeNull());
        using var holder = Process.GetProcessById(sleeper.ShouldNotBeNull());
        child.HasExited.ShouldBeFalse();
        holder.Kill();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
