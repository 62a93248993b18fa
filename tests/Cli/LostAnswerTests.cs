using Skytale.Tests.EndToEnd;

namespace Skytale.Tests.Cli;

/// <summary>The server did what it was asked, and the connection broke before the answer came.</summary>
[Trait("Category", "Slow")]
public sealed class LostAnswerTests(ServerProcess server)
{
    [Fact(Timeout = 180_000)]
    public async Task Nothing_is_made_twice()
    {
        await using var proxy = await LosingProxy.StartAsync(server);
        await using var user = new User();

        proxy.LoseNext();
        await SignUpAsync(user, proxy);
        proxy.LoseNext();
        await user.JsonAsync("orgs create", $"{user.Org}-labs");
        (await user.JsonAsync("orgs list")).AsArray().Count.ShouldBe(2);

        proxy.LoseNext();
        var key = await user.JsonAsync("keys create");
        var keys = (await user.JsonAsync("keys list", "--all")).AsArray();
        keys.Count.ShouldBe(2);
        keys.Single(each => each!["revoked_at"] is null)!.Text("key_id").ShouldBe(key.Text("key_id"));

        proxy.LoseNext();
        var agent = await user.JsonAsync("agent create", "alice");
        (await user.JsonAsync("agent list", "--all")).AsArray().ShouldHaveSingleItem()!.Text("agent_id").ShouldBe(agent.Text("agent_id"));
        proxy.Requests.Count(request => request == "POST /accounts").ShouldBe(2);
        proxy.Requests.Count(request => request.EndsWith("/agents", StringComparison.Ordinal) && request.StartsWith("POST", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact(Timeout = 180_000)]
    public async Task What_is_not_named_is_not_asked_again()
    {
        await using var proxy = await LosingProxy.StartAsync(server);
        await using var user = new User();
        await SignUpAsync(user, proxy);

        proxy.LoseNext();
        var lost = await user.RunWithInputAsync($"{User.Password}\n", "login", "--email", user.Email, "--password-stdin", "--json");
        lost.ShouldFailInJson(3, "connection_lost");
        proxy.Requests.Count(request => request == "POST /sessions").ShouldBe(1);
    }

    private static async Task SignUpAsync(User user, LosingProxy proxy) => (await user.RunWithInputAsync(
        $"{User.Password}\n", "signup", "--email", user.Email, "--password-stdin", "--org", user.Org, "--server", proxy.Url, "--certificate", proxy.Certificate)).ShouldBeDone();
}
