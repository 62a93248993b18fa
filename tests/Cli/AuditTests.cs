using System.Text.Json.Nodes;
using Skytale.Tests.EndToEnd;

namespace Skytale.Tests.Cli;

[Trait("Category", "Slow")]
public sealed class AuditTests(ServerProcess server)
{
    [Fact(Timeout = 120_000)]
    public async Task The_servers_log_is_whole_and_goes_on_from_the_hash_that_was_noted()
    {
        await using var admin = await Admin.LogInAsync(server);
        var noted = await admin.JsonAsync("admin audit verify");
        noted["whole"]!.GetValue<bool>().ShouldBeTrue();
        noted["entries"]!.GetValue<long>().ShouldBePositive();
        await using var another = await Admin.LogInAsync(server);
        var later = await admin.JsonAsync("admin audit verify", "--head", noted.Text("head"));
        later["entries"]!.GetValue<long>().ShouldBeGreaterThan(noted["entries"]!.GetValue<long>());
        (await admin.RunAsync("admin", "audit", "verify", "--head", new string('0', 64))).ShouldFail(1, "not whole", "newest entries were cut off");
        (await admin.RunAsync("admin", "audit", "verify", "--head", "F00D")).ShouldFail(2, "no hash", "64");
    }

    [Fact(Timeout = 120_000)]
    public async Task An_exported_log_shows_what_was_done_to_it()
    {
        await using var admin = await Admin.LogInAsync(server);
        var exported = await admin.RunAsync("admin", "audit", "export");
        exported.ShouldBeDone();
        var lines = exported.Output;
        JsonNode.Parse(lines[^1])!["seq"]!.GetValue<long>().ShouldBe(lines.Count);
        var file = Path.Combine(admin.Home, "audit.jsonl");
        async Task<Finished> VerifyAsync(IEnumerable<string> log)
        {
            File.WriteAllLines(file, log);
            return await admin.RunAsync("admin", "audit", "verify", file, "--json");
        }

        var verified = (await VerifyAsync(lines)).Json("admin audit verify");
        verified["entries"]!.GetValue<long>().ShouldBe(lines.Count);
        verified.Text("head").ShouldBe(JsonNode.Parse(lines[^1])!.Text("hash"));
        (await VerifyAsync(lines.Select((line, at) => at == 1 ? line.Replace("create_admin", "create_nothing", StringComparison.Ordinal) : line))).ShouldFailInJson(1, "failed");
        (await VerifyAsync(lines.Skip(1))).ShouldFailInJson(1, "failed");
        (await admin.RunWithInputAsync(string.Join('\n', lines), "admin", "audit", "verify", "-", "--json")).Json("admin audit verify")["entries"]!.GetValue<long>().ShouldBe(lines.Count);
        (await admin.RunAsync("admin", "audit", "verify", file + ".not")).ShouldFail(1, "no file", "export");
    }
}
