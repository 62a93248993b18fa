namespace Skytale.Tests;

// What administrators see of accounts, keys and agents.
public abstract partial class ApiSuite
{
    [Theory(Timeout = Timeout)]
    [InlineData("accounts", "account_id")]
    [InlineData("keys", "key_id")]
    [InlineData("agents", "agent_id")]
    public async Task A_list_shows_everything_once_however_it_is_paged(string list, string id)
    {
        for (var i = 0; i < 5; i++)
            await Server.SignUpAsync("ada");
        var token = await Server.AdminTokenAsync();
        var whole = await ListAsync($"/admin/{list}", token, id);
        whole.Count.ShouldBe(5);
        foreach (var limit in new[] { 1, 2, 5 })
        {
            var seen = new List<string>();
            string? after = null;
            do
            {
                var page = await AdminAsync("GET", $"/admin/{list}?limit={limit}{(after is null ? "" : $"&after={after}")}", token);
                page.Status.ShouldBe(200, page.ToString());
                page.Body["items"]!.AsArray().Count.ShouldBeInRange(1, limit);
                seen.AddRange(page.Body["items"]!.AsArray().Select(item => item![id]!.GetValue<string>()));
                after = page.Body["next"]?.GetValue<string>();
            }
            while (after is not null);
            seen.ShouldBe(whole);
        }
        foreach (var limit in new[] { "0", "201", "x", "-1" })
            (await AdminAsync("GET", $"/admin/{list}?limit={limit}", token)).Status.ShouldBe(422);
    }

    [Fact(Timeout = Timeout)]
    public async Task Accounts_are_found_by_address_by_id_and_by_organisation_and_by_state()
    {
        var (ada, bob) = (await Server.SignUpAsync("ada"), await Server.SignUpAsync());
        var token = await Server.AdminTokenAsync();
        foreach (var search in new[] { ada.Email, ada.Email.ToUpperInvariant(), ada.Id, ada.Id[..12], ada.Org, ada.Org[..8] })
            (await ListAsync($"/admin/accounts?search={Uri.EscapeDataString(search)}", token, "account_id")).ShouldBe([ada.Id], search);
        foreach (var search in new[] { "%", "acc%", "acc__", "@example.org", ada.Email[1..], "nobody@example.org", @"\" })
            (await ListAsync($"/admin/accounts?search={Uri.EscapeDataString(search)}", token, "account_id")).ShouldBeEmpty(search);
        (await ListAsync("/admin/accounts?search=acc_", token, "account_id")).ShouldBe([ada.Id, bob.Id], ignoreOrder: true);

        await ActAsync($"accounts/{ada.Id}/suspend", token);
        (await ListAsync("/admin/accounts?state=suspended", token, "account_id")).ShouldBe([ada.Id]);
        (await ListAsync("/admin/accounts?state=active", token, "account_id")).ShouldBe([bob.Id]);
        (await ListAsync("/admin/accounts?state=closed", token, "account_id")).ShouldBeEmpty();
        (await AdminAsync("GET", "/admin/accounts?state=lost", token)).Body["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["state"]);

        var shown = await AdminAsync("GET", $"/admin/accounts/{ada.Id}", token);
        (shown["state"], shown.Body["keys"]!.GetValue<int>(), shown.Body["agents"]!.GetValue<int>()).ShouldBe(("suspended", 1, 1));
        shown.Body["orgs"]!.AsArray().Select(org => org!.GetValue<string>()).ShouldBe([ada.Org]);
        (await AdminAsync("GET", "/admin/accounts/acc_nobody", token)).Code.ShouldBe("not_found");
    }

    [Fact(Timeout = Timeout)]
    public async Task Keys_and_agents_are_found_by_their_account_and_agents_by_name_and_id()
    {
        var (ada, bob) = (await Server.SignUpAsync("ada.1"), await Server.SignUpAsync("bob"));
        var token = await Server.AdminTokenAsync();
        (await ListAsync($"/admin/keys?account={ada.Id}", token, "key_id")).ShouldBe([ada.KeyId]);
        (await ListAsync("/admin/keys?account=nobody", token, "key_id")).ShouldBeEmpty();
        (await ListAsync($"/admin/agents?account={bob.Id}", token, "agent_id")).ShouldBe([bob.AgentId]);
        (await ListAsync("/admin/agents?search=ada", token, "agent_id")).ShouldBe([ada.AgentId]);
        (await ListAsync($"/admin/agents?search={bob.AgentId}", token, "agent_id")).ShouldBe([bob.AgentId]);
        (await ListAsync($"/admin/agents?search=ada&account={bob.Id}", token, "agent_id")).ShouldBeEmpty();
    }

    [Fact(Timeout = Timeout)]
    public async Task Nothing_that_administrators_are_shown_holds_a_whole_address_a_secret_or_a_hash_of_one()
    {
        var customer = await Server.SignUpAsync("ada");
        var key = await Server.CreateAdminAsync();
        var token = await Server.AdminTokenAsync(key);
        (await Server.PostAsync($"/accounts/{customer.Id}/keys", new { scopes = new[] { $"send:{customer.Org}/secret/plans", "receive:*" } }, customer.Token)).Status.ShouldBe(201);
        (await AdminAsync("GET", "/admin/keys", token)).Body["items"]!.AsArray().SelectMany(item => item!["scopes"]!.AsArray()).Select(scope => scope!.GetValue<string>()).ShouldContain("send:…");
        foreach (var path in new[] { "accounts", $"accounts/{customer.Id}", $"accounts?search={customer.Email}", "keys", "agents", "audit" })
        {
            var answer = (await AdminAsync("GET", $"/admin/{path}", token)).ToString();
            answer.ShouldStartWith("200 ");
            foreach (var secret in new[] { customer.Email, customer.Email[..10], customer.ApiKey[^20..], key[^20..], "argon2", "secret/plans" })
                answer.ShouldNotContain(secret, customMessage: path);
        }
        (await AdminAsync("GET", $"/admin/accounts/{customer.Id}", token))["email"].ShouldBe($"{customer.Email[0]}…@example.org");
    }

    private async Task<IReadOnlyList<string>> ListAsync(string path, string token, string id)
    {
        var answer = await AdminAsync("GET", path, token);
        answer.Status.ShouldBe(200, answer.ToString());
        return [.. answer.Body["items"]!.AsArray().Select(item => item![id]!.GetValue<string>())];
    }
}
