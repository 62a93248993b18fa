using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Playwright;
using Skytale.Tests.EndToEnd;

namespace Skytale.Tests.Browser.Kit;

/// <summary>The console in a browser of its own. Disposing it fails where the page threw, broke its policy, or asked another server.</summary>
public sealed class ConsolePage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ServerProcess _server;
    private readonly ConcurrentQueue<string> _faults = new();

    private ConsolePage(ServerProcess server, IBrowserContext context, IPage page)
    {
        (_server, _context, Page) = (server, context, page);
        page.PageError += (_, error) => _faults.Enqueue(error);
        page.Console += (_, message) =>
        {
            // That a request was refused is an error to the browser; what the page makes of it is for the tests.
            if (message.Type == "error" && !message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal))
                _faults.Enqueue(message.Text);
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(server.Url, StringComparison.Ordinal))
                _faults.Enqueue($"asked {request.Url}");
        };
    }

    public IPage Page { get; }

    /// <summary>What the page says happened.</summary>
    public ILocator Said => Page.GetByRole(AriaRole.Status);

    public ILocator Title => Page.Locator("#title");

    public ILocator Dialog => Page.GetByRole(AriaRole.Dialog);

    public ILocator Rows => Page.Locator("tbody tr");

    /// <summary>Opens the console, signed out.</summary>
    public static async Task<ConsolePage> OpenAsync(Chromium chromium, ServerProcess server, string hash = "", int width = 1280, int height = 800, ColorScheme colours = ColorScheme.Light)
    {
        var context = await chromium.NewContextAsync(width, height, colours);
        var page = await context.NewPageAsync();
        var console = new ConsolePage(server, context, page);
        await page.GotoAsync($"{server.Url}/console{hash}");
        return console;
    }

    /// <summary>A new administrator's key, made beside the server.</summary>
    public static async Task<string> NewKeyAsync(ServerProcess server, string name = "Ada L.")
    {
        await using var program = RunningProgram.Start("Skytale.Server", "skytale-server", server.Home, "admin", "create", "--name", name);
        (await program.EndAsync()).ShouldBe(0, string.Join('\n', program.Errors));
        return program.Output.ShouldHaveSingleItem();
    }

    public async Task SignInAsync() => await SignInAsync(await NewKeyAsync(_server));

    public async Task SignInAsync(string key)
    {
        await Page.GetByLabel("Administrator's key").FillAsync(key);
        await Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Title).ToBeVisibleAsync();
    }

    /// <summary>Goes to a view, as a link to it does, and waits for what it shows.</summary>
    public async Task GoAsync(string hash)
    {
        await Page.EvaluateAsync("hash => { location.hash = hash; }", hash);
        await Assertions.Expect(Page.Locator("#view")).ToHaveAttributeAsync("data-shown", hash);
    }

    /// <summary>Keeps a picture of the whole page under artifacts/console.</summary>
    public Task KeepPictureAsync(string name) =>
        Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(Metadata("Screenshots"), $"{name}.png"), FullPage = true });

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        _faults.ShouldBeEmpty();
    }

    private static string Metadata(string key) => typeof(ConsolePage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
