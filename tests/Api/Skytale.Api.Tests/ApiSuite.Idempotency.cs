using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Persistence;
using Skytale.Security.Argon2;

namespace Skytale.Tests;

// A request that makes something and has an Idempotency-Key makes it once.
public abstract partial class ApiSuite
{
    [Fact(Timeout = Timeout)]
    public async Task A_repeat_is_answered_with_what_the_first_made_and_makes_nothing()
    {
        var customer = await Server.SignUpAsync();
        var identity = new AgentIdentity();
        foreach (var (path, body, secret) in new (string, object, string?)[]
        {
            ($"/accounts/{customer.Id}/keys", new { name = "bot", scopes = new[] { "send:*" } }, "api_key"),
            ($"/accounts/{customer.Id}/agents", identity.Registration(customer.Id, "ada"), null),
            ($"/accounts/{customer.Id}/orgs", new { name = $"org-{Guid.NewGuid():n}"[..20] }, null),
        })
        {
            var first = await OnceAsync(path, body, path, customer.Token);
            var second = await OnceAsync(path, body, path, customer.Token);
            first.Status.ShouldBe(201, first.ToString());
            // What is a secret was shown once, and the service does not have it any more.
            if (secret is not null)
                first.Body.Remove(secret).ShouldBeTrue();
            second.ToString().ShouldBe(first.ToString());
        }
        (await ListedAsync(customer)).Count(key => key.EndsWith("bot", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_same_name_for_something_else_is_a_conflict_and_of_another_account_it_is_another_name()
    {
        var (customer, other) = (await Server.SignUpAsync(), await Server.SignUpAsync());
        (await OnceAsync($"/accounts/{customer.Id}/keys", new { name = "a" }, "n", customer.Token)).Status.ShouldBe(201);
        var conflict = await OnceAsync($"/accounts/{customer.Id}/keys", new { name = "b" }, "n", customer.Token);
        (conflict.Status, conflict.Code).ShouldBe((409, "conflict"));
        (await OnceAsync($"/accounts/{customer.Id}/orgs", new { name = "some-org-or-other" }, "n", customer.Token)).Code.ShouldBe("conflict");
        (await OnceAsync($"/accounts/{other.Id}/keys", new { name = "b" }, "n", other.Token)).Status.ShouldBe(201);
        // Whoever is not let in is told nothing of what was made.
        (await OnceAsync($"/accounts/{customer.Id}/keys", new { name = "a" }, "n", other.Token)).Code.ShouldBe("forbidden");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_refused_request_may_come_again_under_its_name()
    {
        var customer = await Server.SignUpAsync();
        (await OnceAsync($"/accounts/{customer.Id}/orgs", new { name = customer.Org }, "n", customer.Token)).Code.ShouldBe("org_taken");
        (await OnceAsync($"/accounts/{customer.Id}/orgs", new { name = "Not An Org" }, "n", customer.Token)).Status.ShouldBe(422);
        (await OnceAsync($"/accounts/{customer.Id}/orgs", new { name = $"org-{Guid.NewGuid():n}"[..20] }, "n", customer.Token)).Status.ShouldBe(201);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_sign_up_is_repeated_with_its_password_alone_and_costs_one_hash_each_time()
    {
        var hasher = Server.Host.Services.GetRequiredService<Argon2Hasher>();
        var email = $"{Guid.NewGuid():n}@example.org";
        var first = await OnceAsync("/accounts", new { email, password = Customer.Password }, "n");
        var before = hasher.Computed;
        var second = await OnceAsync("/accounts", new { email, password = Customer.Password }, "n");
        (hasher.Computed - before).ShouldBe(1);
        second.Status.ShouldBe(201, second.ToString());
        (second["account_id"], second["org"]).ShouldBe((first["account_id"], first["org"]));
        (await Server.SendAsync($"/accounts/{first["account_id"]}/keys", null, second["account_token"], "GET")).Status.ShouldBe(200);

        (await OnceAsync("/accounts", new { email, password = "wrong horse battery" }, "n")).Code.ShouldBe("conflict");
        (await OnceAsync("/accounts", new { email = $"x{email}", password = Customer.Password }, "n")).Code.ShouldBe("conflict");
        (await CloseAsync(new Customer(first["account_id"], "", email, ""), second["account_token"], Customer.Password)).Status.ShouldBe(204);
        (await OnceAsync("/accounts", new { email, password = Customer.Password }, "n")).Code.ShouldBe("conflict");
    }

    [Fact(Timeout = Timeout)]
    public async Task Of_racing_repeats_one_makes_and_all_are_answered()
    {
        var customer = await Server.SignUpAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => OnceAsync($"/accounts/{customer.Id}/keys", new { name = "raced" }, "n", customer.Token)));
        answers.ShouldAllBe(answer => answer.Status == 201);
        answers.Select(answer => answer["key_id"]).Distinct().ShouldHaveSingleItem();
        answers.Count(answer => answer.Body["api_key"] is not null).ShouldBe(1);
        var email = $"{Guid.NewGuid():n}@example.org";
        var signUps = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => OnceAsync("/accounts", new { email, password = Customer.Password }, "m")));
        signUps.ShouldAllBe(answer => answer.Status == 201);
        signUps.Select(answer => answer["account_id"]).Distinct().ShouldHaveSingleItem();
    }

    [Fact(Timeout = Timeout)]
    [Trait("Category", "Slow")]
    public async Task A_name_has_a_shape_a_bound_of_how_many_and_is_forgotten_after_a_day()
    {
        var customer = await Server.SignUpAsync();
        foreach (var bad in new[] { "", new string('a', Once.MaxKeyLength + 1), "with space" })
        {
            var refused = await OnceAsync($"/accounts/{customer.Id}/keys", new { }, bad, customer.Token);
            refused.Status.ShouldBe(422, refused.ToString());
            refused.Body["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["idempotency_key"]);
        }
        await using (var context = Server.Host.Services.GetRequiredService<Func<SkytaleContext>>()())
        {
            context.AddRange(Enumerable.Range(0, Once.PerOwner).Select(i => Once.Of(customer.Id, $"{i}", "x")!.Made("made", Server.Time.GetUtcNow())));
            await context.SaveChangesAsync(Cancel);
        }
        (await OnceAsync($"/accounts/{customer.Id}/orgs", new { name = "one-too-many-org" }, "n", customer.Token)).Code.ShouldBe("limit_reached");

        var store = Server.Host.Services.GetRequiredService<IAccountStore>();
        await store.ForgetMadeAsync(Server.Time.GetUtcNow() + TimeSpan.FromSeconds(1), Cancel);
        (await store.FindMadeAsync(Once.Of(customer.Id, "1", "x")!, Cancel)).ShouldBeNull();
        (await OnceAsync($"/accounts/{customer.Id}/orgs", new { name = "one-too-many-org" }, "n", customer.Token)).Status.ShouldBe(201);
    }

    private Task<Answer> OnceAsync(string path, object body, string name, string? bearer = null)
    {
        var content = JsonContent.Create(body);
        return Server.SendAsync(path, content, bearer, idempotencyKey: name);
    }
}
