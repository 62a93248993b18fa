using Microsoft.Extensions.DependencyInjection;
using Skytale.Accounts;
using Skytale.Application.Accounts;
using Skytale.Application.Ports;

namespace Skytale.Tests;

// Agents are listed, shown, revoked and replaced.
public abstract partial class ApiSuite
{
    [Fact(Timeout = Timeout)]
    public async Task A_revoked_agent_gets_no_token_and_a_new_one_may_have_its_name_but_never_its_key()
    {
        var customer = await Server.SignUpAsync();
        var lost = new AgentIdentity();
        (await Server.PostAsync($"/accounts/{customer.Id}/agents", lost.Registration(customer.Id, "ada"), customer.Token)).Status.ShouldBe(201);
        (await AgentAsync("GET", customer, "ada", customer.Token))["agent_id"].ShouldBe(lost.Id.ToString());

        (await AgentAsync("DELETE", customer, "ada", customer.Token)).Status.ShouldBe(204);
        foreach (var named in new[] { "ada", lost.Id.ToString() })
        {
            (await Server.PostAsync("/tokens", new { agent = named }, customer.ApiKey)).Code.ShouldBe("unknown_agent");
            (await AgentAsync("DELETE", customer, named, customer.Token)).Code.ShouldBe("unknown_agent");
        }
        (await AgentAsync("GET", customer, "ada", customer.Token)).Code.ShouldBe("unknown_agent");
        (await AgentAsync("GET", customer, lost.Id.ToString(), customer.Token))["revoked_at"].ShouldNotBeEmpty();
        var revocation = (await RevocationsAsync()).ShouldHaveSingleItem();
        (revocation.Kind, revocation.Subject).ShouldBe((RevokedKind.Agent, lost.Id.ToString()));

        foreach (var name in new[] { "ada", "another" })
            (await Server.PostAsync($"/accounts/{customer.Id}/agents", lost.Registration(customer.Id, name), customer.Token)).Code.ShouldBe("agent_key_taken");
        var replacement = new AgentIdentity();
        (await Server.PostAsync($"/accounts/{customer.Id}/agents", replacement.Registration(customer.Id, "ada"), customer.Token)).Status.ShouldBe(201);
        (await Server.PostAsync("/tokens", new { agent = "ada" }, customer.ApiKey))["agent_id"].ShouldBe(replacement.Id.ToString());
        (await Server.PostAsync($"/accounts/{customer.Id}/agents", new AgentIdentity().Registration(customer.Id, "ada"), customer.Token)).Code.ShouldBe("agent_name_taken");
    }

    [Fact(Timeout = Timeout)]
    public async Task An_agent_is_shown_and_revoked_by_its_own_account_alone()
    {
        var (customer, other) = (await Server.SignUpAsync("ada"), await Server.SignUpAsync());
        foreach (var method in new[] { "GET", "DELETE" })
        {
            (await AgentAsync(method, customer, "ada", other.Token)).Code.ShouldBe("forbidden");
            (await AgentAsync(method, other, "ada", other.Token)).Code.ShouldBe("unknown_agent");
            (await AgentAsync(method, customer, "nobody", customer.Token)).Code.ShouldBe("unknown_agent");
            (await AgentAsync(method, customer, "NO NAME", customer.Token)).Code.ShouldBe("unknown_agent");
        }
        (await AgentAsync("DELETE", customer, "ada", customer.ApiKey)).Code.ShouldBe("invalid_token");
        (await AgentAsync("GET", customer, "ada", customer.ApiKey)).Status.ShouldBe(200);
        (await Server.PostAsync("/tokens", new { agent = "ada" }, customer.ApiKey)).Status.ShouldBe(200);
    }

    [Fact(Timeout = Timeout)]
    public async Task Agents_are_listed_a_page_at_a_time_each_once()
    {
        var customer = await Server.SignUpAsync();
        var store = Server.Host.Services.GetRequiredService<IAccountStore>();
        var names = Enumerable.Range(0, ListAgents.PageSize + 1).Select(i => $"agent{i}").ToList();
        foreach (var name in names)
            (await store.AddAgentAsync(new Agent(new AgentIdentity().Id, AccountId.Parse(customer.Id), AgentName.Parse(name), Server.Time.GetUtcNow()), new Quota(), null, Cancel)).ShouldBeNull();

        var first = await PageAsync("");
        first.Body["agents"]!.AsArray().Count.ShouldBe(ListAgents.PageSize);
        first.Body["next_page"]!.GetValue<int>().ShouldBe(2);
        var second = await PageAsync("?page=2");
        second.Body["next_page"].ShouldBeNull();
        first.Body["agents"]!.AsArray().Concat(second.Body["agents"]!.AsArray()).Select(agent => agent!["name"]!.GetValue<string>()).Order().ShouldBe(names.Order());
        (await PageAsync("?page=3")).Body["agents"]!.AsArray().ShouldBeEmpty();
        foreach (var none in new[] { "0", "-1", "x", "99999999999999999999", "1000001" })
            (await PageAsync($"?page={none}")).Status.ShouldBe(422, none);

        Task<Answer> PageAsync(string query) => Server.SendAsync($"/accounts/{customer.Id}/agents{query}", null, customer.Token, "GET");
    }

    private Task<Answer> AgentAsync(string method, Customer customer, string agent, string credential) =>
        Server.SendAsync($"/accounts/{customer.Id}/agents/{Uri.EscapeDataString(agent)}", null, credential, method);
}
