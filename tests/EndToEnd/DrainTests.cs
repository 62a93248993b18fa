using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Skytale.Tests.EndToEnd;

/// <summary>An operator drains a server while an agent listens, and starts another in its place.</summary>
[Trait("Category", "Slow")]
public sealed class DrainTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = 180_000)]
    public async Task An_agent_goes_on_when_its_server_is_drained_and_another_takes_its_place()
    {
        await using var server = new ServerProcess();
        await server.InitializeAsync("--Operations:DrainSeconds=3");
        await using var user = await User.WithAgentsAsync(server, "alice", "bob");
        var channel = await user.CreateChannelAsync("drained", "alice", "bob");
        var bob = user.Start("listen", channel, "--agent", "bob");
        await bob.WaitForErrorAsync(line => line.Contains("listens on", StringComparison.Ordinal));
        (await user.RunAsync("send", channel, "before", "--agent", "alice")).ShouldBeDone();
        await bob.WaitForOutputAsync(line => line.EndsWith(" before", StringComparison.Ordinal));

        var port = await server.RelayPortAsync();
        using var admin = await SignInAsync(server);
        var id = await user.IdOfAsync("bob");
        while ((await ItemsAsync(admin, $"/admin/connections?agent={Uri.EscapeDataString(id)}")).Count == 0)
            await Task.Delay(50, Cancel);
        var node = (await ItemsAsync(admin, "/admin/nodes")).ShouldHaveSingleItem()!["node_id"]!.GetValue<string>();
        using (var drained = await admin.PostAsync($"/admin/nodes/{node}/drain", null, Cancel))
            drained.StatusCode.ShouldBe(HttpStatusCode.OK);
        while ((await admin.GetAsync("/readyz", Cancel)).StatusCode == HttpStatusCode.OK)
            await Task.Delay(50, Cancel);
        (await server.Program.EndAsync()).ShouldBe(0);

        await using var next = RunningProgram.Start(
            "Skytale.Server", "skytale-server", server.Home, [$"--Api:Listen={new Uri(server.Url).Authority}", $"--Relay:Listen=127.0.0.1:{port}", "--SlimProxy:Listen=127.0.0.1:0"]);
        await next.WaitForOutputAsync(line => line.StartsWith("relay ", StringComparison.Ordinal));
        (await user.RunAsync("send", channel, "after", "--agent", "alice")).ShouldBeDone();
        await bob.WaitForOutputAsync(line => line.EndsWith(" after", StringComparison.Ordinal));
        bob.Output.Select(line => line.Split(' ')[^1]).ShouldBe(["before", "after"]);
        bob.Errors.ShouldHaveSingleItem(); // That it listens, and no failure.
    }

    private static async Task<HttpClient> SignInAsync(ServerProcess server)
    {
        await using var create = RunningProgram.Start("Skytale.Server", "skytale-server", server.Home, ["admin", "create", "--name", "Ada"]);
        (await create.EndAsync()).ShouldBe(0);
        var client = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => Convert.ToHexStringLower(SHA256.HashData(certificate!.GetRawCertData())) == server.Certificate },
        })
        {
            BaseAddress = new Uri(server.Url),
        };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", create.Output.ShouldHaveSingleItem());
        using var answer = await client.PostAsync("/admin/tokens", null, Cancel);
        var token = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!["token"]!.GetValue<string>();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task<JsonArray> ItemsAsync(HttpClient admin, string path) => JsonNode.Parse(await admin.GetStringAsync(path, Cancel))!["items"]!.AsArray();
}
