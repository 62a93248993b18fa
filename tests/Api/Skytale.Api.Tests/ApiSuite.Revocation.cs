using Microsoft.Extensions.DependencyInjection;
using Skytale.Accounts;
using Skytale.Application.Delivery;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Tests;

// What ends at the API ends at the relay, though its tokens are good for an hour still.
public abstract partial class ApiSuite
{
    [Theory(Timeout = Timeout)]
    [InlineData(RevokedKind.Key)]
    [InlineData(RevokedKind.Agent)]
    [InlineData(RevokedKind.Account)]
    public async Task A_connection_is_told_of_the_end_of_its_key_agent_or_account_and_another_accounts_is_not(RevokedKind kind)
    {
        await Server.DisposeAsync();
        _server = await StartAsync("--Roles=api,relay");
        var (customer, other) = (await Server.SignUpAsync("ada"), await Server.SignUpAsync("ada"));
        var revoked = Server.Host.Services.GetRequiredService<RevokedCallers>();
        using var watch = revoked.Watch(await CallerAsync(customer));
        using var others = revoked.Watch(await CallerAsync(other));
        var ended = kind switch
        {
            RevokedKind.Key => await RevokeAsync(customer, customer.KeyId, customer.Token),
            RevokedKind.Agent => await AgentAsync("DELETE", customer, "ada", customer.Token),
            _ => await CloseAsync(customer, customer.Token, Customer.Password),
        };
        ended.Status.ShouldBe(204);

        while (!watch.Ended.IsCompleted) // The relay's own clockwork.
        {
            Server.Time.Advance(RevokedCallers.Interval);
            await Task.Delay(10, Cancel);
        }
        others.Ended.IsCompleted.ShouldBeFalse();
    }

    private async Task<Caller> CallerAsync(Customer customer)
    {
        var token = await Server.PostAsync("/tokens", new { agent = "ada" }, customer.ApiKey);
        AgentId.TryParse(token["agent_id"], out var agent).ShouldBeTrue();
        return new Caller(agent, AccountId.Parse(customer.Id), KeyId.Parse(customer.KeyId), [OrgName.Parse(customer.Org)], ScopeSet.Everything);
    }
}
