using Skytale.Tests.EndToEnd;

namespace Skytale.Tests.Cli;

[Trait("Category", "Slow")]
public sealed class AccountTests(ServerProcess server)
{
    private const string NewPassword = "another horse battery";

    [Fact(Timeout = 120_000)]
    public async Task An_account_is_made_left_and_entered_again()
    {
        await using var user = new User();
        var made = (await user.RunWithInputAsync(
            $"{User.Password}\n", "signup", "--email", user.Email, "--password-stdin", "--org", user.Org, "--server", server.Url, "--certificate", server.Certificate, "--json")).Json("signup");
        made.Text("org").ShouldBe(user.Org);
        (await user.JsonAsync("account show")).Text("account_id").ShouldBe(made.Text("account_id"));
        (await user.JsonAsync("logout"))["has_api_key"]!.GetValue<bool>().ShouldBeFalse();

        (await user.RunAsync("orgs", "list")).ShouldFail(1, "not logged in", "skytale login");
        (await user.JsonAsync("account show"))["logged_in_until"].ShouldBeNull();

        (await user.RunWithInputAsync($"{User.Password}\n", "login", "--email", user.Email, "--password-stdin", "--json")).Json("login").Text("account_id").ShouldBe(made.Text("account_id"));
        (await user.JsonAsync("orgs list")).AsArray().ShouldHaveSingleItem()!.Text("org").ShouldBe(user.Org);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_further_organisation_is_the_accounts()
    {
        await using var user = new User();
        await user.SignUpAsync(server);
        (await user.JsonAsync("orgs create", $"{user.Org}-labs")).Text("org").ShouldBe($"{user.Org}-labs");
        var listed = await user.RunAsync("orgs", "list");
        listed.Output.ShouldBe([user.Org, $"{user.Org}-labs"], ignoreOrder: true);
        (await user.RunAsync("orgs", "create", user.Org, "--json")).ShouldFailInJson(1, "org_taken");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_changed_password_is_the_one_that_logs_in()
    {
        await using var user = new User();
        await user.SignUpAsync(server);
        string[] change = ["account", "password", "--password-stdin", "--new-password-stdin", "--json"];
        (await user.RunWithInputAsync($"wrong\n{NewPassword}\n", change)).ShouldFailInJson(1, "invalid_credentials");
        (await user.RunWithInputAsync($"{User.Password}\n{NewPassword}\n", change)).Json("account password");

        (await user.RunAsync("orgs", "list")).ShouldBeDone();
        (await user.RunWithInputAsync($"{User.Password}\n", "login", "--email", user.Email, "--password-stdin", "--json")).ShouldFailInJson(1, "invalid_credentials");
        var file = Path.Combine(user.Home, "password");
        File.WriteAllText(file, NewPassword);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await user.RunAsync("login", "--email", user.Email, "--password-file", file)).ShouldBeDone();
    }

    [Fact(Timeout = 120_000)]
    public async Task A_closed_account_is_gone_here_and_there()
    {
        await using var user = await User.WithAgentsAsync(server, "alice");
        (await user.RunWithInputAsync($"{User.Password}\n", "account", "close", "--password-stdin")).ShouldFail(2, "confirmation", "--yes");
        (await user.RunWithInputAsync($"{User.Password}\n", "account", "close", "--password-stdin", "--yes", "--json")).Json("account close");

        (await user.RunAsync("account", "show")).ShouldFail(1, "no account", "skytale signup");
        (await user.RunWithInputAsync($"{User.Password}\n", "login", "--email", user.Email, "--password-stdin", "--server", server.Url, "--certificate", server.Certificate, "--json")).ShouldFailInJson(1, "invalid_credentials");
        File.Exists(user.PathOf("alice", "store.db")).ShouldBeTrue();
    }

    [Fact(Timeout = 120_000)]
    public async Task Credentials_are_shown_to_no_other_server_than_the_accounts()
    {
        await using var user = new User();
        await user.SignUpAsync(server);
        (await user.RunAsync("orgs", "list", "--server", "https://elsewhere.example")).ShouldFail(2, "not known to be the same server", "--home");
        user.Environment["SKYTALE_SERVER"] = "https://elsewhere.example";
        (await user.RunAsync("orgs", "list", "--json")).ShouldFailInJson(2, "invalid_argument");
        user.Environment["SKYTALE_CERTIFICATE"] = server.Certificate;
        user.Environment["SKYTALE_SERVER"] = server.Url;
        (await user.RunAsync("orgs", "list")).ShouldBeDone();
    }

    [Fact(Timeout = 120_000)]
    public async Task Failures_are_json_where_answers_are()
    {
        await using var user = new User();
        user.Environment["SKYTALE_JSON"] = "true";
        (await user.RunAsync("keys", "list")).ShouldFailInJson(1, "failed");
        (await user.RunAsync("keys", "lits")).ShouldFailInJson(2, "usage");
        (await user.RunAsync("status", "--agent", "alice")).ShouldFailInJson(4, "store");
        (await user.RunAsync("login", "--email", "you@example.org")).ShouldFailInJson(3, "server_unreachable");
        user.Environment["SKYTALE_JSON"] = "maybe";
        (await user.RunAsync("keys", "list")).ShouldFail(2, "SKYTALE_JSON", "true or false");
    }
}
