using System.Text.Json.Nodes;
using Skytale.Tests.EndToEnd;

namespace Skytale.Tests.Cli;

[Trait("Category", "Slow")]
public sealed class KeyTests(ServerProcess server)
{
    [Fact(Timeout = 120_000)]
    public async Task A_key_is_made_used_listed_and_ended()
    {
        await using var user = new User();
        await user.SignUpAsync(server);
        var key = await user.JsonAsync("keys create", "--name", "laptop");
        key.Text("api_key").ShouldStartWith($"sk_live_{key.Text("key_id")}_");
        (await user.JsonAsync("agent create", "alice")).Text("name").ShouldBe("alice");

        var listed = (await user.JsonAsync("keys list")).AsArray().ShouldHaveSingleItem()!;
        listed.Text("name").ShouldBe("laptop");
        listed["last_used_at"].ShouldNotBeNull();
        (await user.JsonAsync("account show")).Text("key_id").ShouldBe(key.Text("key_id"));

        (await user.JsonAsync("keys revoke", key.Text("key_id"))).Text("key_id").ShouldBe(key.Text("key_id"));
        (await user.JsonAsync("keys list")).AsArray().ShouldBeEmpty();
        (await user.JsonAsync("keys list", "--all")).AsArray().ShouldHaveSingleItem()!["revoked_at"].ShouldNotBeNull();
        (await user.RunAsync("token", "--agent", "alice")).ShouldFail(1, "no API key", "skytale keys create");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_key_of_few_scopes_gives_tokens_of_no_more()
    {
        await using var user = await User.WithAgentsAsync(server, "alice");
        var key = await user.JsonAsync("keys create", "--print-only", "--scope", $"receive:{user.Org}/news/*", "--scope", $"send:{user.Org}/news/*");
        key["scopes"]!.AsArray().Count.ShouldBe(2);
        key["kept"]!.GetValue<bool>().ShouldBeFalse();

        user.Environment["SKYTALE_API_KEY"] = key.Text("api_key");
        (await user.JsonAsync("token"))["scopes"]!.AsArray().Count.ShouldBe(2);
        (await user.JsonAsync("token", "--scope", $"send:{user.Org}/news/today"))["scopes"]!.AsArray().ShouldHaveSingleItem()!.GetValue<string>().ShouldBe($"send:{user.Org}/news/today");
        (await user.RunAsync("token", "--scope", "send:*", "--json")).ShouldFailInJson(1, "out_of_scope");
        (await user.RunAsync("keys", "create", "--scope", "fly:*", "--json")).ShouldFailInJson(1, "invalid_request");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_token_alone_is_printed_for_a_pipe_and_says_whom_it_is_for()
    {
        await using var user = await User.WithAgentsAsync(server, "alice");
        var printed = await user.RunAsync("token", "--agent", "alice", "--audience", "slim");
        printed.ShouldBeDone();
        var claims = Claims(printed.Output.ShouldHaveSingleItem());
        claims["aud"]!.GetValue<string>().ShouldBe("slim");
        (await user.RunAsync("token", "--audience", "skytale-api", "--json")).ShouldFailInJson(1, "invalid_request");
    }

    [Fact(Timeout = 120_000)]
    public async Task A_key_in_the_environment_needs_no_home()
    {
        await using var user = await User.WithAgentsAsync(server, "alice");
        await using var elsewhere = new User();
        elsewhere.Environment["SKYTALE_API_KEY"] = (await user.JsonAsync("keys create")).Text("api_key");
        elsewhere.Environment["SKYTALE_SERVER"] = server.Url;
        elsewhere.Environment["SKYTALE_CERTIFICATE"] = server.Certificate;
        elsewhere.Environment["SKYTALE_AGENT"] = "alice";
        (await elsewhere.JsonAsync("token")).Text("agent_id").ShouldBe(await user.IdOfAsync("alice"));
        Directory.EnumerateFileSystemEntries(elsewhere.Home).ShouldBeEmpty();
    }

    private static JsonNode Claims(string token) => JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(token.Split('.')[1]))!;
}
