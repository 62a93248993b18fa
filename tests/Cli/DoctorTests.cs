using System.Text.Json.Nodes;
using Skytale.Cli.Doctor;
using Skytale.Cli.Homes;
using Skytale.Tests.Cli.Documents;
using Skytale.Tests.EndToEnd;

namespace Skytale.Tests.Cli;

[Trait("Category", "Slow")]
public sealed class DoctorTests(ServerProcess server)
{
    private static readonly string[] Checks = ["home", "settings", "sqlcipher", "quic", "api", "certificate", "clock", "ready", "version", "account", "agent", "relay_quic", "relay_tls"];

    [Fact(Timeout = 180_000)]
    public async Task Where_all_is_well_every_check_says_so()
    {
        await using var user = await User.WithAgentsAsync(server, "alice");
        var findings = (await user.JsonAsync("doctor")).AsArray();
        findings.Select(finding => finding!.Text("check")).ShouldBe(Checks);
        findings.ShouldAllBe(finding => finding!.Text("result") == "ok", findings.ToJsonString());
        findings.Single(finding => finding!.Text("check") == "relay_tls")!.Text("detail").ShouldContain("round trip");

        var told = await user.RunAsync("doctor");
        told.ShouldBeDone();
        told.Output.Count.ShouldBe(Checks.Length, told.ToString());
    }

    [Fact(Timeout = 180_000)]
    public async Task Without_anything_every_check_says_why_and_what_to_do()
    {
        await using var user = new User();
        var findings = await SickAsync(user);
        findings["api"]!.Text("hint").ShouldContain("skytale-server");
        findings["relay_quic"]!.Text("hint").ShouldContain("skytale agent create");
        foreach (var (check, finding) in findings.Where(each => each.Value.Text("result") != "ok"))
            finding.Text("hint").ShouldNotBeEmpty(check);
    }

    [Fact(Timeout = 180_000)]
    public async Task Another_certificate_is_shown_beside_the_pin()
    {
        await using var user = new User();
        var findings = await SickAsync(user, "--server", server.Url, "--certificate", new string('0', 64));
        findings["api"]!.Text("result").ShouldBe("fail");
        findings["certificate"]!.Text("detail").ShouldContain(server.Certificate);
        findings["clock"]!.Text("detail").ShouldContain("not tried");
    }

    [Fact(Timeout = 180_000)]
    public async Task Secrets_that_others_may_read_are_named()
    {
        await using var user = await User.WithAgentsAsync(server, "alice");
        var key = user.PathOf("alice", "store.key");
        File.SetUnixFileMode(key, File.GetUnixFileMode(key) | UnixFileMode.GroupRead);
        var findings = await SickAsync(user);
        findings["home"]!.Text("detail").ShouldContain(key);
        findings["home"]!.Text("hint").ShouldStartWith("Run: chmod");
        findings["api"]!.Text("result").ShouldBe("ok");
        findings["relay_tls"]!.Text("detail").ShouldContain("read by others");
    }

    [Fact(Timeout = 180_000)]
    public async Task A_store_in_use_and_a_revoked_key_are_told_apart()
    {
        await using var user = await User.WithAgentsAsync(server, "alice");
        var holder = user.Start("listen", await user.CreateChannelAsync("held", "alice"));
        await holder.WaitForErrorAsync(line => line.Contains("listens on", StringComparison.Ordinal));
        var busy = (await user.JsonAsync("doctor")).AsArray().ToDictionary(finding => finding!.Text("check"), finding => finding!);
        busy["relay_quic"].Text("result").ShouldBe("warn");
        busy["relay_quic"].Text("detail").ShouldContain($"{holder.Id}");
        await holder.KillAsync();

        (await user.RunAsync("keys", "revoke", (await user.JsonAsync("account show")).Text("key_id"))).ShouldBeDone();
        (await SickAsync(user))["agent"]!.Text("detail").ShouldContain("no API key");
    }

    [Fact(Timeout = 180_000)]
    public async Task A_transport_that_does_not_get_through_is_a_warning_where_the_other_does()
    {
        await using var tlsOnly = new ServerProcess();
        await tlsOnly.InitializeAsync("--Relay:Transports=tls");
        await using var user = new User();
        await user.SignUpAsync(tlsOnly);
        (await user.RunAsync("keys", "create")).ShouldBeDone();
        (await user.RunAsync("agent", "create", "alice", "--transport", "tls")).ShouldBeDone();
        var findings = (await user.JsonAsync("doctor")).AsArray().ToDictionary(finding => finding!.Text("check"), finding => finding!);
        findings["relay_quic"].Text("result").ShouldBe("warn");
        findings["relay_tls"].Text("result").ShouldBe("ok");
    }

    [Theory(Timeout = 180_000)]
    [InlineData(0, "ok", "ok")]
    [InlineData(60, "warn", "ok")]
    [InlineData(3600, "fail", "ok")]
    [InlineData(400 * 24 * 3600, "fail", "warn")]
    public async Task The_clock_and_the_certificates_end_are_held_to_the_servers(int secondsAhead, string clock, string certificate)
    {
        var findings = await ServerCheck.RunAsync(
            new ServerLocation(server.Url, server.Certificate), DateTimeOffset.UtcNow.AddSeconds(secondsAhead), TestContext.Current.CancellationToken);
        findings.Single(finding => finding.Check == "clock").Result.ShouldBe(clock);
        findings.Single(finding => finding.Check == "certificate").Result.ShouldBe(certificate);
        findings.Single(finding => finding.Check == "api").Result.ShouldBe(Finding.Ok);
    }

    // Something is wrong: exit code 1, and every check has its finding all the same.
    private static async Task<Dictionary<string, JsonNode>> SickAsync(User user, params string[] arguments)
    {
        var finished = await user.RunAsync(["doctor", "--json", .. arguments]);
        finished.ExitCode.ShouldBe(1, finished.ToString());
        var findings = JsonNode.Parse(finished.Output.ShouldHaveSingleItem(finished.ToString()))!.AsArray();
        Shape.Difference(CliDocument.OfRepository.Json("doctor"), findings).ShouldBeNull(finished.ToString());
        findings.Select(finding => finding!.Text("check")).ShouldBe(Checks);
        JsonNode.Parse(finished.Errors.ShouldHaveSingleItem(finished.ToString()))!["error"]!.Text("code").ShouldBe("failed");
        return findings.ToDictionary(finding => finding!.Text("check"), finding => finding!);
    }
}
