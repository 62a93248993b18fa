using Microsoft.Playwright;
using Skytale.Tests.Browser.Kit;
using Skytale.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace Skytale.Tests.Browser;

/// <summary>What changes by itself while the operator looks, at a server of its own.</summary>
[Trait("Category", "Browser")]
public sealed class LiveTests(Chromium chromium) : IAsyncLifetime
{
    private const int Timeout = 180_000;
    private readonly ServerProcess _server = new();

    public async ValueTask InitializeAsync() => await _server.InitializeAsync("--Operations:DrainSeconds=120");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact(Timeout = Timeout)]
    public async Task Figures_move_with_what_they_count()
    {
        await using var user = await User.WithAgentsAsync(_server, "alice");
        var channel = await user.CreateChannelAsync("seen", "alice");
        await using var console = await ConsolePage.OpenAsync(chromium, _server);
        await console.SignInAsync();
        await Expect(console.Title).ToHaveTextAsync("Figures");
        var connections = console.Page.Locator("figure", new() { HasText = "Connections" });
        await Expect(connections.Locator("strong")).ToHaveTextAsync("1"); // the server's own SLIM proxy
        await Expect(console.Page.Locator("dl")).ToContainTextAsync("serving");

        var chat = user.Start("chat", channel, "--agent", "alice");
        await Expect(connections.Locator("strong")).ToHaveTextAsync("2");
        await Expect(connections.Locator("small")).ToHaveTextAsync("at most 2");
        await console.KeepPictureAsync("figures-moving");
        await chat.KillAsync();
        await Expect(connections.Locator("strong")).ToHaveTextAsync("1");

        // The highest point is at the top, the last one, of half as many, in the middle.
        var heights = (await connections.Locator("polyline").GetAttributeAsync("points"))!.Split(' ').Select(point => double.Parse(point.Split(',')[1])).ToList();
        heights[^1].ShouldBe(24);
        heights.Min().ShouldBe(1);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_connection_appears_and_goes_when_it_is_ended_and_its_agent_comes_again_until_it_is_revoked()
    {
        await using var user = await User.WithAgentsAsync(_server, "alice");
        var channel = await user.CreateChannelAsync("seen", "alice");
        var id = await user.IdOfAsync("alice");
        await using var console = await ConsolePage.OpenAsync(chromium, _server, $"#connections?agent={id}");
        await console.SignInAsync();
        await Expect(console.Page.Locator(".foot")).ToContainTextAsync("Nothing here.");

        user.Start("chat", channel, "--agent", "alice");
        await Expect(console.Rows).ToHaveCountAsync(1);
        var first = await console.Rows.Locator("code").First.InnerTextAsync();
        first.ShouldStartWith("conn_");
        // A list that is drawn anew leaves the focus where it was.
        var disconnect = console.Page.GetByRole(AriaRole.Button, new() { Name = $"Disconnect {id}" });
        await disconnect.FocusAsync();
        await console.Page.WaitForResponseAsync(answer => answer.Url.Contains("/admin/connections", StringComparison.Ordinal));
        await Expect(disconnect).ToBeFocusedAsync();
        await console.Page.Keyboard.PressAsync("Enter");
        await Expect(console.Dialog).ToContainTextAsync(id);
        await console.Page.Keyboard.PressAsync("Enter");
        await Expect(console.Said).ToContainTextAsync($"Disconnect {id}: done");
        await Expect(console.Page.GetByText(first)).ToHaveCountAsync(0);
        await Expect(console.Rows).ToHaveCountAsync(1);

        await console.GoAsync($"#agents?search={id}");
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await console.Dialog.GetByRole(AriaRole.Button, new() { Name = "Revoke" }).ClickAsync();
        await Expect(console.Said).ToContainTextAsync("done");
        await console.GoAsync($"#connections?agent={id}");
        await Expect(console.Page.Locator(".foot")).ToContainTextAsync("Nothing here.");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_node_is_drained_after_a_question_that_names_it()
    {
        await using var console = await ConsolePage.OpenAsync(chromium, _server, "#nodes");
        await console.SignInAsync();
        await Expect(console.Rows).ToHaveCountAsync(1);
        await Expect(console.Rows).ToContainTextAsync("serving");
        var node = await console.Rows.Locator("code").First.InnerTextAsync();
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Drain" }).ClickAsync();
        await Expect(console.Dialog).ToContainTextAsync($"{node} at ");
        await console.Dialog.GetByRole(AriaRole.Button, new() { Name = "Drain" }).ClickAsync();
        await Expect(console.Said).ToContainTextAsync($"Drain {node} at ");
        await Expect(console.Rows).ToContainTextAsync("draining");
        await Expect(console.Page.GetByRole(AriaRole.Button, new() { Name = "Drain" })).ToHaveCountAsync(0);
        await console.KeepPictureAsync("draining");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_channel_is_seen_with_its_queue_without_its_name_and_closed_for_ever()
    {
        await using var user = await User.WithAgentsAsync(_server, "alice");
        var channel = await user.CreateChannelAsync("private-plans", "alice");
        (await user.RunAsync("send", channel, "Hello")).ShouldBeDone();
        await using var console = await ConsolePage.OpenAsync(chromium, _server, "#queues");
        await console.SignInAsync();
        await Expect(console.Rows).ToHaveCountAsync(1);
        var id = await console.Rows.Locator("code").First.InnerTextAsync();
        await console.Page.Locator("summary").ClickAsync();
        await Expect(console.Rows.Locator("li")).ToContainTextAsync(await user.IdOfAsync("alice"));

        await console.GoAsync("#channels");
        await Expect(console.Rows).ToContainTextAsync(id);
        (await console.Page.ContentAsync()).ShouldNotContain("private-plans");
        await console.Page.GetByRole(AriaRole.Button, new() { Name = $"Close {id}" }).ClickAsync();
        await console.Dialog.GetByRole(AriaRole.Button, new() { Name = "Close" }).ClickAsync();
        await Expect(console.Said).ToContainTextAsync($"Close {id}: done");
        await Expect(console.Page.GetByRole(AriaRole.Button, new() { Name = "Close" })).ToHaveCountAsync(0);
        (await user.RunAsync("send", channel, "anyone there?")).ShouldFail(1, "closed");
    }
}
