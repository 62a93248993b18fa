using Microsoft.Playwright;
using Skytale.Tests.Browser.Kit;
using Skytale.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace Skytale.Tests.Browser;

/// <summary>Who gets in, and how that ends.</summary>
[Trait("Category", "Browser")]
public sealed class SessionTests(ServerProcess server, Chromium chromium)
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task A_key_opens_the_view_that_the_address_names_and_stays_nowhere()
    {
        await using var console = await ConsolePage.OpenAsync(chromium, server, "#keys");
        await Expect(console.Page.GetByRole(AriaRole.Navigation)).ToHaveCountAsync(0);
        var key = await ConsolePage.NewKeyAsync(server, "Grace H.");
        await console.SignInAsync(key);
        await Expect(console.Title).ToHaveTextAsync("API keys");
        await Expect(console.Page.GetByText("Grace H., until ")).ToBeVisibleAsync();

        var kept = await console.Page.EvaluateAsync<string>(
            "async () => JSON.stringify([document.documentElement.outerHTML, document.getElementById('key').value, location.href, document.cookie, { ...localStorage }, { ...sessionStorage }, await indexedDB.databases(), await caches.keys()])");
        kept.ShouldNotContain(key[(key.LastIndexOf('_') + 1)..]);
        kept.ShouldNotContain("eyJ");
        kept.ShouldEndWith(",\"\",{},{},[],[]]");

        await console.Page.ReloadAsync();
        await Expect(console.Page.GetByLabel("Administrator's key")).ToBeFocusedAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_wrong_key_is_refused_and_the_next_may_be_typed_at_once()
    {
        await using var console = await ConsolePage.OpenAsync(chromium, server);
        await console.Page.GetByLabel("Administrator's key").FillAsync("sk_admin_nonsense");
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(console.Said).Not.ToBeEmptyAsync();
        await Expect(console.Page.GetByLabel("Administrator's key")).ToBeFocusedAsync();
        await Expect(console.Page.GetByLabel("Administrator's key")).ToHaveValueAsync("");
        await Expect(console.Title).ToBeHiddenAsync();
        await console.SignInAsync();
        await Expect(console.Said).ToBeEmptyAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task Signing_out_leaves_nothing_on_the_page()
    {
        await using var console = await ConsolePage.OpenAsync(chromium, server, "#audit");
        await console.SignInAsync();
        await Expect(console.Rows.First).ToBeVisibleAsync();
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(console.Said).ToHaveTextAsync("Signed out.");
        await Expect(console.Rows).ToHaveCountAsync(0);
        await Expect(console.Page.GetByLabel("Administrator's key")).ToBeFocusedAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task An_administrator_who_was_revoked_is_out_with_the_next_answer()
    {
        await using var console = await ConsolePage.OpenAsync(chromium, server, "#accounts");
        var key = await ConsolePage.NewKeyAsync(server);
        await console.SignInAsync(key);
        await using var revoking = RunningProgram.Start("Skytale.Server", "skytale-server", server.Home, "admin", "revoke", $"adm_{key.Split('_')[2]}");
        (await revoking.EndAsync()).ShouldBe(0, string.Join('\n', revoking.Errors));
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Read again" }).ClickAsync();
        await Expect(console.Title).ToBeHiddenAsync();
        await Expect(console.Said).Not.ToBeEmptyAsync();
        await Expect(console.Page.GetByLabel("Administrator's key")).ToBeFocusedAsync();
    }
}
