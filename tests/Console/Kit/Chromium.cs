using Microsoft.Playwright;
using Skytale.Tests.EndToEnd;

namespace Skytale.Tests.Browser.Kit;

/// <summary>The system's chromium, without a window; one for all tests, with a fresh profile for each.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private readonly string? _path = Environment.GetEnvironmentVariable("PATH")?.Split(':').Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (_path is null)
            return;
        // What is expected comes when it comes: a busy machine is no fault of the page.
        Assertions.SetDefaultExpectTimeout((float)RunningProgram.Patience.TotalMilliseconds);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = _path,
            // Root, as in a container, has no sandbox; what is opened is our own page alone.
            ChromiumSandbox = !Environment.IsPrivilegedProcess,
        });
    }

    /// <summary>A profile that nothing was stored in, on this screen; the test is skipped where chromium could not be installed.</summary>
    public Task<IBrowserContext> NewContextAsync(int width, int height, ColorScheme colours)
    {
        if (_browser is null)
            Assert.Skip("chromium is not installed: scripts/install-peers");
        return _browser.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = colours,
            // The server generated it; that it is the right one is tested where programs check it.
            IgnoreHTTPSErrors = true,
        });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
