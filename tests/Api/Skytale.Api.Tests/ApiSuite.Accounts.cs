using Microsoft.Extensions.DependencyInjection;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Security.Argon2;

namespace Skytale.Tests;

// An account's password, organisations, suspension and end.
public abstract partial class ApiSuite
{
    [Fact(Timeout = Timeout)]
    public async Task Another_password_ends_every_account_token_but_the_one_that_it_answers_with()
    {
        var customer = await Server.SignUpAsync("ada");
        var session = await Server.PostAsync("/sessions", new { email = customer.Email, password = Customer.Password });
        var changed = await ChangeAsync(customer, customer.Token, Customer.Password, "battery staple horse");
        changed.Status.ShouldBe(200, changed.ToString());

        foreach (var old in new[] { customer.Token, session["account_token"] })
        {
            var refused = await Server.SendAsync($"/accounts/{customer.Id}/keys", null, old, "GET");
            (refused.Status, refused.Code).ShouldBe((401, "invalid_token"));
        }
        (await Server.SendAsync($"/accounts/{customer.Id}/keys", null, changed["account_token"], "GET")).Status.ShouldBe(200);
        (await Server.PostAsync("/sessions", new { email = customer.Email, password = Customer.Password })).Code.ShouldBe("invalid_credentials");
        (await Server.PostAsync("/sessions", new { email = customer.Email, password = "battery staple horse" })).Status.ShouldBe(201);
        (await Server.PostAsync("/tokens", new { agent = "ada" }, customer.ApiKey)).Status.ShouldBe(200, "keys are not the password's");
    }

    [Fact(Timeout = Timeout)]
    public async Task Password_and_closing_want_the_accounts_own_token_and_its_password()
    {
        var (customer, other) = (await Server.SignUpAsync(), await Server.SignUpAsync());
        var hasher = Server.Host.Services.GetRequiredService<Argon2Hasher>();
        foreach (var request in new Func<string, string, Task<Answer>>[] { (token, password) => ChangeAsync(customer, token, password, "battery staple horse"), (token, password) => CloseAsync(customer, token, password) })
        {
            (await request(other.Token, Customer.Password)).Code.ShouldBe("forbidden");
            (await request(customer.ApiKey, Customer.Password)).Code.ShouldBe("invalid_token");
            (await request(customer.Token, "")).Status.ShouldBe(422);
            var before = hasher.Computed;
            (await request(customer.Token, "wrong horse battery")).Code.ShouldBe("invalid_credentials");
            (hasher.Computed - before).ShouldBe(1);
        }
        (await ChangeAsync(customer, customer.Token, Customer.Password, "short")).Body["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["new_password"]);
        (await Server.SendAsync($"/accounts/{customer.Id}/keys", null, customer.Token, "GET")).Status.ShouldBe(200);
    }

    [Fact(Timeout = Timeout)]
    public async Task Of_two_who_change_the_password_at_once_one_does()
    {
        var customer = await Server.SignUpAsync();
        var answers = await Task.WhenAll(ChangeAsync(customer, customer.Token, Customer.Password, "battery staple one"), ChangeAsync(customer, customer.Token, Customer.Password, "battery staple two"));
        answers.Count(answer => answer.Status == 200).ShouldBe(1);
        answers.Single(answer => answer.Status != 200).Code.ShouldBeOneOf("conflict", "invalid_token", "invalid_credentials");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_closed_account_is_nobodys_its_address_is_free_and_its_organisation_is_not()
    {
        var customer = await Server.SignUpAsync("ada");
        (await CloseAsync(customer, customer.Token, Customer.Password)).Status.ShouldBe(204);

        (await Server.SendAsync($"/accounts/{customer.Id}/keys", null, customer.Token, "GET")).Code.ShouldBe("invalid_token");
        (await CloseAsync(customer, customer.Token, Customer.Password)).Code.ShouldBe("invalid_token");
        (await Server.PostAsync("/tokens", new { agent = "ada" }, customer.ApiKey)).Code.ShouldBe("invalid_credentials");
        var gone = await Server.PostAsync("/sessions", new { email = customer.Email, password = Customer.Password });
        gone.Code.ShouldBe("invalid_credentials");
        var hidden = await Server.PostAsync("/sessions", new { email = Account.ClosedEmail(AccountId.Parse(customer.Id)).ToString(), password = Customer.Password });
        hidden.WithoutRequestId().ShouldBe(gone.WithoutRequestId());
        var revocation = (await RevocationsAsync()).ShouldHaveSingleItem();
        (revocation.Kind, revocation.Subject).ShouldBe((RevokedKind.Account, customer.Id));

        (await Server.PostAsync("/accounts", new { email = "other@example.org", password = Customer.Password, org = customer.Org })).Code.ShouldBe("org_taken");
        (await Server.PostAsync("/accounts", new { email = customer.Email, password = Customer.Password })).Status.ShouldBe(201);
        (await DumpAsync(_postgres, Server.Host.Options.Data)).ShouldContain(Account.ClosedEmail(AccountId.Parse(customer.Id)).ToString());
    }

    [Fact(Timeout = Timeout)]
    public async Task Nobody_signs_up_under_the_address_of_a_closed_account()
    {
        var customer = await Server.SignUpAsync();
        var refused = await Server.PostAsync("/accounts", new { email = Account.ClosedEmail(AccountId.Parse(customer.Id)).ToString(), password = Customer.Password });
        (refused.Status, refused.Code).ShouldBe((422, "invalid_request"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_suspended_account_is_told_so_when_it_has_proved_itself_and_goes_on_when_it_is_restored()
    {
        var customer = await Server.SignUpAsync("ada");
        await SuspendAsync(customer, true);
        foreach (var refused in new[]
        {
            await Server.PostAsync("/sessions", new { email = customer.Email, password = Customer.Password }),
            await Server.PostAsync("/tokens", new { agent = "ada" }, customer.ApiKey),
            await Server.SendAsync($"/accounts/{customer.Id}/keys", null, customer.Token, "GET"),
            await Server.PostAsync($"/accounts/{customer.Id}/agents", new AgentIdentity().Registration(customer.Id, "b"), customer.ApiKey),
        })
            (refused.Status, refused.Code).ShouldBe((403, "account_suspended"), refused.ToString());
        (await Server.PostAsync("/sessions", new { email = customer.Email, password = "wrong horse battery" })).Code.ShouldBe("invalid_credentials");
        await SuspendAsync(customer, true); // As it is already.

        await SuspendAsync(customer, false);
        (await Server.PostAsync("/tokens", new { agent = "ada" }, customer.ApiKey)).Status.ShouldBe(200);
        (await Server.SendAsync($"/accounts/{customer.Id}/keys", null, customer.Token, "GET")).Status.ShouldBe(200);
        (await RevocationsAsync()).Select(entry => (entry.Kind, entry.Subject)).ShouldBe([(RevokedKind.Account, customer.Id), (RevokedKind.AccountRestored, customer.Id)]);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_account_gets_further_organisations_up_to_a_bound_which_its_tokens_have()
    {
        var (customer, other) = (await Server.SignUpAsync("ada"), await Server.SignUpAsync());
        var name = $"second-{Guid.NewGuid():n}"[..20];
        (await AddOrgAsync(customer, name, customer.Token)).Status.ShouldBe(201);
        (await AddOrgAsync(other, name, other.Token)).Code.ShouldBe("org_taken");
        (await AddOrgAsync(customer, "Not An Org", customer.Token)).Status.ShouldBe(422);
        (await AddOrgAsync(customer, "third", other.Token)).Code.ShouldBe("forbidden");
        var listed = await Server.SendAsync($"/accounts/{customer.Id}/orgs", null, customer.Token, "GET");
        listed.Body["orgs"]!.AsArray().Select(org => org!["name"]!.GetValue<string>()).ShouldBe(new[] { customer.Org, name }.Order(StringComparer.Ordinal));
        var token = await Server.PostAsync("/tokens", new { agent = "ada" }, customer.ApiKey);
        (await RelayVerifier().VerifyAgentTokenAsync(new SecretText(token["token"]), "localhost")).Value.Orgs.Select(org => org.ToString()).ShouldContain(name);

        for (var i = 2; i < new Quota().Orgs; i++)
            (await AddOrgAsync(customer, $"{name[..15]}-{i}", customer.Token)).Status.ShouldBe(201);
        (await AddOrgAsync(customer, $"{name[..15]}-x", customer.Token)).Code.ShouldBe("limit_reached");
    }

    private Task<Answer> ChangeAsync(Customer customer, string token, string password, string newPassword) =>
        Server.PostAsync($"/accounts/{customer.Id}/password", new { password, new_password = newPassword }, token);

    private Task<Answer> CloseAsync(Customer customer, string token, string password) => Server.PostAsync($"/accounts/{customer.Id}/close", new { password }, token);

    private Task<Answer> AddOrgAsync(Customer customer, string name, string token) => Server.PostAsync($"/accounts/{customer.Id}/orgs", new { name }, token);

    private async Task SuspendAsync(Customer customer, bool suspended) =>
        (await ActAsync($"accounts/{customer.Id}/{(suspended ? "suspend" : "restore")}", await Server.AdminTokenAsync())).ShouldNotBeEmpty();
}
