using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Skytale.Server;

namespace Skytale.Tests.Operations;

/// <summary>What leaves the server for a collector.</summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task A_collector_gets_traces_metrics_and_logs_and_nobodys_name()
    {
        var received = new ConcurrentDictionary<string, string>();
        await using var collector = await CollectAsync(received);
        var settings = new[]
        {
            $"--SKYTALE_HOME={_folder.Path}", "--Api:Listen=127.0.0.1:0", "--Relay:Listen=127.0.0.1:0", "--SlimProxy:Listen=127.0.0.1:0",
            $"--OTEL_EXPORTER_OTLP_ENDPOINT={collector.Urls.Single()}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf",
        };
        string account;
        await using (var host = await ServerHost.BuildAsync(settings, cancellationToken: Cancel))
        {
            await host.StartAsync(Cancel);
            using var client = ApiServer.ClientFor(host);
            using var created = await client.PostAsJsonAsync("/accounts", new { email = "alice@example.org", password = "a long password" }, Cancel);
            created.StatusCode.ShouldBe(HttpStatusCode.Created);
            account = (await created.Content.ReadFromJsonAsync<Dictionary<string, string>>(Cancel))!["account_id"];
            using var refused = await client.PostAsJsonAsync($"/accounts/{account}/keys", new { }, Cancel);
            refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }

        received["/v1/traces"].ShouldContain("CreateAccount");
        received["/v1/metrics"].ShouldContain("http.server.request.duration");
        received["/v1/logs"].ShouldContain("/accounts/{id}/keys");
        foreach (var (path, body) in received)
        {
            body.ShouldContain("skytale-server", customMessage: path);
            foreach (var name in new[] { account, "alice", "a long password" })
                body.ShouldNotContain(name, customMessage: path);
        }
    }

    private static async Task<WebApplication> CollectAsync(ConcurrentDictionary<string, string> received)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body, Encoding.Latin1);
            var body = await reader.ReadToEndAsync(http.RequestAborted);
            received.AddOrUpdate(http.Request.Path, body, (_, before) => before + body);
        });
        await app.StartAsync(Cancel);
        return app;
    }
}
