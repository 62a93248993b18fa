using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using Skytale.Tests.EndToEnd;

namespace Skytale.Tests.Sdk;

/// <summary>Two assistants, each with a real client and a server of its own over standard input and output, talk on an encrypted channel.</summary>
public sealed class McpTests(OneServer one)
{
    private static readonly string[] s_tools = ["agent_show", "channel_add", "channel_create", "channel_invite", "channel_join", "channel_list", "channel_members", "channel_receive", "channel_send", "channel_wait"];

    [Fact(Timeout = 180_000)]
    public async Task Two_servers_exchange_messages_as_their_clients_say()
    {
        await using (await one.Server.ConnectAgentAsync("mcp-alice"))
        await using (await one.Server.ConnectAgentAsync("mcp-bob"))
        {
            // Made, and let go of: the commands below hold their stores.
        }
        await using var alice = await ConnectAsync("mcp-alice");
        await using var bob = await ConnectAsync("mcp-bob");
        (await alice.ListToolsAsync()).Select(tool => tool.Name).Order().ShouldBe(s_tools);

        (await CallAsync(alice, "channel_list")).ShouldContain("no channel");
        var channel = $"{one.Server.Org}/demo/mcp";
        (await CallAsync(alice, "channel_create", ("channel", channel))).ShouldContain(channel);
        var id = (await CallAsync(bob, "agent_show")).Split(' ')[1];
        var invitation = await CallAsync(alice, "channel_invite", ("channel", channel), ("only_for", id));
        invitation.ShouldStartWith("skt_inv_");
        (await CallAsync(bob, "channel_join", ("invitation", invitation))).ShouldContain($"{channel} with 2 members");
        (await CallAsync(bob, "channel_wait", ("channel", channel))).ShouldContain(channel);
        (await CallAsync(bob, "channel_members", ("channel", channel))).ShouldContain(id);
        await CallAsync(alice, "channel_send", ("channel", channel), ("text", "ping over MCP"));
        (await CallAsync(bob, "channel_receive", ("channel", channel), ("timeout_seconds", 60))).ShouldEndWith("\nping over MCP");
        await CallAsync(bob, "channel_send", ("channel", channel), ("text", "pong over MCP"));
        (await CallAsync(alice, "channel_receive", ("channel", channel), ("timeout_seconds", 60))).ShouldEndWith("\npong over MCP");
        (await CallAsync(alice, "channel_receive", ("channel", channel), ("timeout_seconds", 0))).ShouldContain("No message");

        var refused = await alice.CallToolAsync("channel_send", new Dictionary<string, object?> { ["channel"] = "nobody/is/here", ["text"] = "x" });
        refused.IsError.ShouldBe(true);
        Text(refused).ShouldContain("not in nobody/is/here");
    }

    [Fact(Timeout = 180_000)]
    public async Task No_tool_takes_or_shows_a_key()
    {
        await using (await one.Server.ConnectAgentAsync("mcp-carol"))
        {
            // Made.
        }
        await using var carol = await ConnectAsync("mcp-carol");
        var key = File.ReadAllBytes(Path.Combine(one.Server.Home, "agents", "mcp-carol", "store.key"));
        var seen = new List<string>();
        foreach (var tool in await carol.ListToolsAsync())
            seen.Add(tool.ProtocolTool.InputSchema.GetRawText() + tool.Description);
        seen.Add(await CallAsync(carol, "agent_show"));
        seen.Add(await CallAsync(carol, "channel_list"));
        foreach (var text in seen)
        {
            text.ShouldNotContain(one.Server.ApiKey);
            text.ShouldNotContain(Convert.ToHexString(key), Case.Insensitive);
            text.ShouldNotContain(Convert.ToBase64String(key));
            text.ShouldNotContain("api_key", Case.Insensitive);
        }
    }

    private async Task<McpClient> ConnectAsync(string agent) => await McpClient.CreateAsync(
        new StdioClientTransport(new StdioClientTransportOptions
        {
            Name = agent,
            Command = RunningProgram.PathOf("Skytale.Cli", "skytale"),
            Arguments = ["mcp", "--agent", agent],
            EnvironmentVariables = new Dictionary<string, string?>
            {
                ["SKYTALE_HOME"] = one.Server.Home,
                ["SKYTALE_API_KEY"] = one.Server.ApiKey,
                ["SKYTALE_SERVER"] = one.Server.Url.OriginalString,
                ["SKYTALE_CERTIFICATE"] = one.Server.Certificate,
            },
        }),
        cancellationToken: TestContext.Current.CancellationToken);

    private static async Task<string> CallAsync(McpClient client, string tool, params (string Name, object? Value)[] arguments)
    {
        var answer = await client.CallToolAsync(tool, arguments.ToDictionary(each => each.Name, each => each.Value), cancellationToken: TestContext.Current.CancellationToken);
        (answer.IsError ?? false).ShouldBeFalse(Text(answer));
        return Text(answer);
    }

    private static string Text(CallToolResult answer) => string.Join('\n', answer.Content.OfType<TextContentBlock>().Select(block => block.Text));
}
