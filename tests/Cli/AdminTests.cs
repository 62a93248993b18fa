using Skytale.Tests.EndToEnd;

namespace Skytale.Tests.Cli;

[Trait("Category", "Slow")]
public sealed class AdminTests(ServerProcess server)
{
    [Fact(Timeout = 120_000)]
    public async Task Of_a_login_the_token_is_kept_and_never_the_key()
    {
        await using var admin = new User();
        var key = await Admin.MakeAsync(server);
        string[] login = ["admin", "login", "--admin-key-stdin", "--server", server.Url, "--certificate", server.Certificate];
        (await admin.RunWithInputAsync($"{key[..^1]}{(key[^1] == 'A' ? 'B' : 'A')}\n", [.. login, "--json"])).ShouldFailInJson(1, "invalid_credentials");
        File.Exists(Path.Combine(admin.Home, "admin.json")).ShouldBeFalse();
        (await admin.RunAsync("admin", "keys")).ShouldFail(1, "skytale admin login");

        (await admin.RunWithInputAsync($"{key}\n", login)).ShouldBeDone();
        var kept = Path.Combine(admin.Home, "admin.json");
        File.GetUnixFileMode(kept).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.ReadAllText(kept).ShouldNotContain(key);
        (await admin.RunAsync("admin", "keys", "--server", "https://elsewhere.example")).ShouldFail(2, "not known to be the same server", "--home");
        (await admin.JsonAsync("admin logout"))["forgotten"]!.GetValue<bool>().ShouldBeTrue();
        (await admin.RunAsync("admin", "keys")).ShouldFail(1, "skytale admin login");
    }

    [Fact(Timeout = 120_000)]
    public async Task An_account_is_found_with_what_it_has()
    {
        await using var admin = await Admin.LogInAsync(server);
        await using var user = await User.WithAgentsAsync(server, "alice");
        var id = await user.AccountIdAsync();
        (await admin.JsonAsync("admin accounts", "--search", user.Org)).Texts("account_id").ShouldBe([id]);
        var found = (await admin.JsonAsync("admin accounts", "--search", user.Email)).AsArray().ShouldHaveSingleItem()!;
        found.Text("account_id").ShouldBe(id);
        found.Text("email").ShouldNotBe(user.Email);
        (await admin.JsonAsync("admin accounts", "--search", user.Org, "--state", "suspended")).AsArray().ShouldBeEmpty();

        var shown = await admin.JsonAsync("admin account", id);
        shown["orgs"]!.AsArray().Select(org => org!.GetValue<string>()).ShouldBe([user.Org]);
        shown["agents"]!.GetValue<int>().ShouldBe(1);
        var agent = (await admin.JsonAsync("admin agents", "--account", id)).AsArray().ShouldHaveSingleItem()!;
        agent.Text("name").ShouldBe("alice");
        (await admin.JsonAsync("admin agents", "--search", agent.Text("agent_id"))).Texts("account_id").ShouldBe([id]);
        (await admin.RunAsync("admin", "account", "acc_none", "--json")).ShouldFailInJson(1, "not_found");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_list_is_read_a_page_at_a_time_or_whole()
    {
        await using var admin = await Admin.LogInAsync(server);
        await using var user = new User();
        await user.SignUpAsync(server);
        for (var i = 0; i < 3; i++)
            (await user.RunAsync("keys", "create")).ShouldBeDone();
        var id = await user.AccountIdAsync();
        var whole = (await admin.JsonAsync("admin keys", "--account", id)).Texts("key_id").ToList();
        whole.Count.ShouldBe(3);
        (await admin.JsonAsync("admin keys", "--account", id, "--all", "--limit", "1")).Texts("key_id").ShouldBe(whole);

        var first = await admin.RunAsync("admin", "keys", "--account", id, "--limit", "2");
        first.Output.Select(line => line.Split(' ')[0]).ShouldBe(whole[..2]);
        var cursor = first.Errors.ShouldHaveSingleItem().Split('\'')[1];
        var last = await admin.RunAsync("admin", "keys", "--account", id, "--limit", "2", "--after", cursor);
        last.Output.ShouldHaveSingleItem().ShouldStartWith(whole[2]);
        last.Errors.ShouldBeEmpty();
        (await admin.RunAsync("admin", "keys", "--limit", "201")).ShouldFail(2, "1 to 200");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_suspended_account_gets_no_token_until_it_is_restored()
    {
        await using var admin = await Admin.LogInAsync(server);
        await using var user = await User.WithAgentsAsync(server, "alice");
        var id = await user.AccountIdAsync();
        (await admin.RunAsync("admin", "suspend", id)).ShouldFail(2, "confirmation", "--yes");
        (await user.RunAsync("token")).ShouldBeDone();

        var suspended = await admin.JsonAsync("admin suspend", id, "--yes", "--reason", "asks too much");
        suspended.Text("outcome").ShouldBe("done");
        (await user.RunAsync("token", "--json")).ShouldFailInJson(1, "account_suspended");
        (await admin.JsonAsync("admin restore", id, "--yes")).Text("outcome").ShouldBe("done");
        (await user.RunAsync("token")).ShouldBeDone();
        (await admin.JsonAsync("admin restore", id, "--yes")).Text("outcome").ShouldBe("unchanged");

        var entry = (await admin.JsonAsync("admin audit list", "--after", $"{suspended["audit_seq"]!.GetValue<long>() - 1}", "--limit", "1")).AsArray().ShouldHaveSingleItem()!;
        entry.Text("target").ShouldBe(id);
        entry.Text("reason").ShouldBe("asks too much");
    }

    [Fact(Timeout = 120_000)]
    public async Task Keys_and_agents_of_others_are_ended()
    {
        await using var admin = await Admin.LogInAsync(server);
        await using var user = await User.WithAgentsAsync(server, "alice");
        var agent = await user.IdOfAsync("alice");
        (await admin.JsonAsync("admin revoke-agent", agent, "--yes")).Text("target").ShouldBe(agent);
        (await user.RunAsync("token", "--json")).ShouldFailInJson(1, "unknown_agent");

        var key = (await user.JsonAsync("account show")).Text("key_id");
        (await admin.JsonAsync("admin revoke-key", key, "--yes")).Text("target").ShouldBe(key);
        (await admin.JsonAsync("admin keys", "--account", await user.AccountIdAsync())).AsArray().ShouldHaveSingleItem()!["revoked_at"].ShouldNotBeNull();
        (await user.RunAsync("token", "--json")).ShouldFailInJson(1, "invalid_credentials");
    }
}
