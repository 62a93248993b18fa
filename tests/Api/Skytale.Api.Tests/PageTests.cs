using System.Text.RegularExpressions;
using Skytale.Server;

namespace Skytale.Tests;

/// <summary>The pages for people, as they leave the server: /reference and /console.</summary>
public sealed partial class PageTests : IAsyncLifetime
{
    private const int Timeout = 60_000;
    private readonly TemporaryFolder _folder = new();
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync(_folder.Path, null, "--Roles=api");

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory(Timeout = Timeout)]
    [InlineData("reference")]
    [InlineData("console")]
    public async Task Every_file_of_a_page_comes_from_this_server_alone_and_may_ask_no_other(string page)
    {
        var files = typeof(ServerHost).Assembly.GetManifestResourceNames().Where(name => name.StartsWith($"{page}/", StringComparison.Ordinal)).ToList();
        files.ShouldContain($"{page}/{page}.js");
        foreach (var path in files.Append(page).Append($"{page}/elements.js"))
        {
            using var answer = await _server.GetAsync($"/{path}");
            answer.IsSuccessStatusCode.ShouldBeTrue(path);
            answer.Content.Headers.ContentType!.MediaType.ShouldBe(Path.GetExtension(path) switch { ".js" => "text/javascript", ".css" => "text/css", _ => "text/html" }, path);
            var policy = answer.Headers.GetValues("Content-Security-Policy").ShouldHaveSingleItem().Split("; ");
            policy.ShouldBe(
            [
                "default-src 'none'", "script-src 'self'", "style-src 'self'", "connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'",
                "require-trusted-types-for 'script'", "trusted-types 'none'",
            ]);
            foreach (var (header, value) in new[]
            {
                ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "no-referrer"), ("Cache-Control", "no-cache"),
                ("Cross-Origin-Opener-Policy", "same-origin"), ("Cross-Origin-Resource-Policy", "same-origin"),
            })
                answer.Headers.GetValues(header).ShouldBe([value], path);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            ForeignAddress().IsMatch(text.Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal)).ShouldBeFalse(path); // a name, and asked by nobody
            Markup().IsMatch(text).ShouldBeFalse(path);
        }
        var missing = await _server.SendAsync($"/{page}/nothing.js", null, method: "GET");
        (missing.Status, missing.Code).ShouldBe((404, "not_found"));
    }

    [Theory]
    [InlineData("<script src=\"//cdn.example/x.js\">", true)]
    [InlineData("@import url(https://cdn.example/x.css)", true)]
    [InlineData("import '/console/list.js'; // in a list", false)]
    public void Addresses_of_other_hosts_are_seen(string text, bool isForeign) => ForeignAddress().IsMatch(text).ShouldBe(isForeign);

    [GeneratedRegex(@"(https?:|[""'(])//[a-z]", RegexOptions.IgnoreCase, 1000)]
    private static partial Regex ForeignAddress();

    /// <summary>What makes markup of text, runs text, or keeps something in the browser.</summary>
    [GeneratedRegex(@"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|localStorage|sessionStorage|document\.cookie|\son[a-z]+=|\sstyle=", RegexOptions.None, 1000)]
    private static partial Regex Markup();
}
