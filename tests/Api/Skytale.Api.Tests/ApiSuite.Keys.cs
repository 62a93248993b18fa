using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Security.Tokens;

namespace Skytale.Tests;

// What a key allows, and what its owner is told of it.
public abstract partial class ApiSuite
{
    [Fact(Timeout = Timeout)]
    public async Task A_key_is_listed_with_its_beginning_its_scopes_and_about_when_it_was_used()
    {
        var customer = await Server.SignUpAsync("ada");
        var made = await Server.PostAsync($"/accounts/{customer.Id}/keys", new { name = "bot", scopes = new[] { "receive:*", "send:acme/support/*" } }, customer.Token);
        made.Status.ShouldBe(201, made.ToString());
        var key = await FindAsync();
        made["api_key"].ShouldStartWith(key["prefix"]!.GetValue<string>());
        key["scopes"]!.AsArray().Select(scope => scope!.GetValue<string>()).ShouldBe(["receive:*", "send:acme/support/*"]);
        key["last_used_at"].ShouldBeNull();

        var first = Server.Time.GetUtcNow();
        (await UseAsync()).ShouldBe(first, TimeSpan.FromMilliseconds(1));
        Server.Time.Advance(ApiKey.UseLag - TimeSpan.FromSeconds(1));
        (await UseAsync()).ShouldBe(first, TimeSpan.FromMilliseconds(1), "not each use is a write");
        Server.Time.Advance(TimeSpan.FromSeconds(1));
        (await UseAsync()).ShouldBe(first + ApiKey.UseLag, TimeSpan.FromMilliseconds(1));

        async Task<System.Text.Json.Nodes.JsonObject> FindAsync() =>
            (await Server.SendAsync($"/accounts/{customer.Id}/keys", null, customer.Token, "GET")).Body["keys"]!.AsArray().Single(each => each!["key_id"]!.GetValue<string>() == made["key_id"])!.AsObject();

        async Task<DateTimeOffset> UseAsync()
        {
            (await Server.PostAsync("/tokens", new { agent = "ada" }, made["api_key"])).Status.ShouldBe(200);
            return DateTimeOffset.Parse((await FindAsync())["last_used_at"]!.GetValue<string>(), CultureInfo.InvariantCulture);
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task A_key_is_not_made_with_scopes_that_are_none()
    {
        var customer = await Server.SignUpAsync();
        foreach (var scopes in new object[] { Array.Empty<string>(), new[] { "everything" }, new[] { "send:acme" }, new string?[] { null }, Enumerable.Repeat("send:*", 17).ToArray() })
        {
            var refused = await Server.PostAsync($"/accounts/{customer.Id}/keys", new { scopes }, customer.Token);
            (refused.Status, refused.Code).ShouldBe((422, "invalid_request"));
            refused.Body["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["scopes"]);
        }
        (await Server.PostAsync($"/accounts/{customer.Id}/keys", new { scopes = "send:*" }, customer.Token)).Status.ShouldBe(400);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_token_allows_what_its_key_does_or_less_and_never_more()
    {
        var customer = await Server.SignUpAsync("ada");
        (await ScopesOfAsync(customer.ApiKey, null)).ShouldBe("*:*");
        (await ScopesOfAsync(customer.ApiKey, ["send:a/b/c"])).ShouldBe("send:a/b/c");

        var scoped = await ScopedKeyAsync(customer, "send:acme/*/*", "receive:*");
        (await ScopesOfAsync(scoped, null)).ShouldBe("send:acme/*/* receive:*");
        (await ScopesOfAsync(scoped, ["send:acme/a/*", "receive:x/y/z"], "slim")).ShouldBe("send:acme/a/* receive:x/y/z");
        foreach (var wider in new[] { "*:*", "send:*", "send:*/a/b", "*:acme/a/b", "manage:acme/a/b", "register:*" })
        {
            var refused = await Server.PostAsync("/tokens", new { agent = "ada", scopes = new[] { "receive:*", wider } }, scoped);
            (refused.Status, refused.Code).ShouldBe((403, "out_of_scope"), wider);
        }

        async Task<string> ScopesOfAsync(string apiKey, string[]? scopes, string? audience = null)
        {
            var token = await Server.PostAsync("/tokens", scopes is null ? new { agent = "ada" } : audience is null ? new { agent = "ada", scopes } : new { agent = "ada", scopes, audience }, apiKey);
            token.Status.ShouldBe(200, token.ToString());
            var verifier = Server.Host.Services.GetRequiredService<TokenVerifier>();
            var verified = audience is null ? await verifier.VerifyAgentTokenAsync(new SecretText(token["token"]), "localhost") : await verifier.VerifySlimTokenAsync(new SecretText(token["token"]));
            string.Join(' ', token.Body["scopes"]!.AsArray().Select(scope => scope!.GetValue<string>())).ShouldBe(verified.Value.Scopes.ToString());
            return verified.Value.Scopes.ToString();
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task A_key_registers_and_lists_agents_where_its_scopes_say_so()
    {
        var customer = await Server.SignUpAsync();
        var (mute, registrar) = (await ScopedKeyAsync(customer, "send:*", "receive:*"), await ScopedKeyAsync(customer, "register:*"));
        var refused = await Server.PostAsync($"/accounts/{customer.Id}/agents", new AgentIdentity().Registration(customer.Id, "a"), mute);
        (refused.Status, refused.Code).ShouldBe((403, "out_of_scope"));
        (await Server.SendAsync($"/accounts/{customer.Id}/agents", null, mute, "GET")).Code.ShouldBe("out_of_scope");
        (await Server.PostAsync($"/accounts/{customer.Id}/agents", new AgentIdentity().Registration(customer.Id, "a"), registrar)).Status.ShouldBe(201);
        (await Server.SendAsync($"/accounts/{customer.Id}/agents", null, registrar, "GET")).Status.ShouldBe(200);
    }

    [Fact(Timeout = Timeout)]
    public async Task Of_many_revoked_keys_the_oldest_are_forgotten()
    {
        var customer = await Server.SignUpAsync();
        var account = AccountId.Parse(customer.Id);
        var store = Server.Host.Services.GetRequiredService<IAccountStore>();
        for (var i = 0; i < ApiKey.RevokedKept + 2; i++)
        {
            var id = KeyId.FromRandom([.. Enumerable.Repeat((byte)i, KeyId.Size)]);
            (await store.AddKeyAsync(new ApiKey(id, account, $"{i}", ScopeSet.Everything, new SecretHash("x"), Server.Time.GetUtcNow()), new Quota(), null, Cancel)).ShouldBeNull();
            (await store.RevokeKeyAsync(account, id, Server.Time.GetUtcNow().AddSeconds(i), Cancel)).ShouldBeNull();
        }
        var kept = (await store.KeysOfAsync(account, Cancel)).Where(key => key.RevokedAt is not null).ToList();
        kept.Count.ShouldBe(ApiKey.RevokedKept);
        kept.ShouldNotContain(key => key.Label == "0" || key.Label == "1");
    }

    private async Task<string> ScopedKeyAsync(Customer customer, params string[] scopes)
    {
        var made = await Server.PostAsync($"/accounts/{customer.Id}/keys", new { scopes }, customer.Token);
        made.Status.ShouldBe(201, made.ToString());
        return made["api_key"];
    }
}
