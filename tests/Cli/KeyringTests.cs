using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Skytale.Tests.EndToEnd;

namespace Skytale.Tests.Cli;

[Trait("Category", "Slow")]
public sealed class KeyringTests(ServerProcess server)
{
    [Fact(Timeout = 180_000)]
    public async Task An_agents_key_is_in_the_keyring_where_that_is_said()
    {
        Assert.SkipWhen(TestKeyring.Missing is not null, TestKeyring.Missing ?? "");
        using var keyring = new TestKeyring();
        await using var user = await User.WithAgentsAsync(server);
        var name = $"a{Guid.NewGuid():n}";
        var missing = await user.RunAsync("agent", "create", name, "--store-key", "keyring", "--json");
        missing.ShouldFailInJson(4, "store_key_wrong");
        JsonNode.Parse(missing.Errors[0])!["error"]!.Text("hint").ShouldContain($"keyctl padd user 'skytale:{name}' @u");

        keyring.Put($"skytale:{name}", RandomNumberGenerator.GetBytes(32));
        var id = (await user.JsonAsync("agent create", name, "--store-key", "keyring")).Text("agent_id");
        File.Exists(user.PathOf(name, "store.key")).ShouldBeFalse();
        (await user.RunAsync("status", "--agent", name)).ExitCode.ShouldBe(4, "no file has its key");
        File.WriteAllText(Path.Combine(user.Home, "config.json"), """{"store_key":"keyring"}""");
        (await user.JsonAsync("status", "--agent", name)).Text("agent_id").ShouldBe(id);
    }
}
