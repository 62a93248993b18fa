using Microsoft.Playwright;
using Skytale.Tests.Browser.Kit;
using Skytale.Tests.EndToEnd;
using static Microsoft.Playwright.Assertions;

namespace Skytale.Tests.Browser;

/// <summary>Lists: their pages, and how they look on each kind of screen.</summary>
[Trait("Category", "Browser")]
public sealed class ListTests(ServerProcess server, Chromium chromium)
{
    private const int Timeout = 180_000;

    [Fact(Timeout = Timeout)]
    public async Task Pages_follow_one_another_and_the_browsers_Back_goes_back()
    {
        await using var console = await ConsolePage.OpenAsync(chromium, server, "#audit?limit=1");
        await console.SignInAsync();
        await Expect(console.Rows.Locator("td").First).ToHaveTextAsync("1");
        await console.Page.GetByRole(AriaRole.Link, new() { Name = "Next page" }).ClickAsync();
        await Expect(console.Rows.Locator("td").First).ToHaveTextAsync("2");
        await console.Page.GoBackAsync();
        await Expect(console.Rows.Locator("td").First).ToHaveTextAsync("1");
        await console.Page.GoForwardAsync();
        await Expect(console.Rows.Locator("td").First).ToHaveTextAsync("2");
        await console.Page.GetByRole(AriaRole.Link, new() { Name = "First page" }).ClickAsync();
        await Expect(console.Rows.Locator("td").First).ToHaveTextAsync("1");
        await Expect(console.Rows).ToHaveCountAsync(1);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_account_leads_to_its_keys_and_agents_and_they_lead_back()
    {
        await using var user = await User.WithAgentsAsync(server, "bob", "carol");
        await using var console = await ConsolePage.OpenAsync(chromium, server, $"#accounts?search={user.Email}");
        await console.SignInAsync();
        await console.Page.GetByRole(AriaRole.Link, new() { Name = "Agents of acc_" }).ClickAsync();
        await Expect(console.Title).ToHaveTextAsync("Agents");
        await Expect(console.Rows).ToHaveCountAsync(2);
        await console.Page.GetByLabel("Beginning of the name").FillAsync("car");
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(console.Rows).ToHaveCountAsync(1);
        await Expect(console.Rows).ToContainTextAsync("carol");
        await console.Rows.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(console.Title).ToHaveTextAsync("Accounts");
        await Expect(console.Rows).ToHaveCountAsync(1);
        await console.Page.GetByRole(AriaRole.Link, new() { Name = "Keys of acc_" }).ClickAsync();
        await Expect(console.Title).ToHaveTextAsync("API keys");
        await Expect(console.Rows).ToHaveCountAsync(1);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_goes_wrong_is_said_and_unsaid_when_it_works_again()
    {
        await using var console = await ConsolePage.OpenAsync(chromium, server, "#accounts?state=none");
        await console.SignInAsync();
        await Expect(console.Said).Not.ToBeEmptyAsync();
        await console.GoAsync("#accounts?state=active");
        await Expect(console.Said).ToBeEmptyAsync();
        await console.Page.Context.SetOfflineAsync(true);
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Read again" }).ClickAsync();
        await Expect(console.Said).ToHaveTextAsync("The server cannot be reached.");
        await console.Page.Context.SetOfflineAsync(false);
        await console.Page.GetByRole(AriaRole.Button, new() { Name = "Read again" }).ClickAsync();
        await Expect(console.Said).ToBeEmptyAsync();
    }

    [Theory(Timeout = Timeout)]
    [InlineData("desktop", 1280, ColorScheme.Light)]
    [InlineData("phone", 360, ColorScheme.Light)]
    [InlineData("dark", 1280, ColorScheme.Dark)]
    [InlineData("phone-dark", 360, ColorScheme.Dark)]
    public async Task Every_view_fits_its_screen_in_the_colours_that_are_preferred(string screen, int width, ColorScheme colours)
    {
        await using var user = await User.WithAgentsAsync(server, "dora");
        await using var console = await ConsolePage.OpenAsync(chromium, server, width: width, colours: colours);
        await console.KeepPictureAsync($"{screen}-sign-in");
        await console.SignInAsync();
        var views = await console.Page.Locator("#views a").EvaluateAllAsync<string[]>("links => links.map(link => link.hash)");
        views.ShouldContain("#audit");
        foreach (var view in views)
        {
            await console.GoAsync(view);
            await Expect(console.Page.Locator("#views [aria-current=page]")).ToHaveAttributeAsync("href", view);
            await console.KeepPictureAsync($"{screen}-{view[1..]}");
            (await console.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width, view);
        }
        var ground = await console.Page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
        ground.ShouldBe(colours == ColorScheme.Dark ? "rgb(21, 24, 28)" : "rgb(255, 255, 255)");
    }
}
