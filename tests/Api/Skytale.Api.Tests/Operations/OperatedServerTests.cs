using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;
using Skytale.Application.Ports;
using Skytale.ChannelLogs.Memory;
using Skytale.Relay.Tests.Kit;
using Skytale.Server;
using Skytale.Server.Operations;

namespace Skytale.Tests.Operations;

/// <summary>What a server shows to those who watch over it, and how it goes.</summary>
public sealed class OperatedServerTests : IDisposable
{
    private const int Timeout = 60_000;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private HttpClient _client = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    [Theory(Timeout = Timeout)]
    [InlineData("api,relay,slim", """ "token_keys":"ok","channel_log":"ok" """)]
    [InlineData("relay", """ "channel_log":"ok" """)]
    public async Task A_server_of_any_role_answers_probes_at_its_operations_address(string roles, string ofTheRoles)
    {
        await using var host = await StartAsync($"--Roles={roles}", "--Operations:Listen=127.0.0.1:0");
        var address = OperationsOf(host);
        (await _client.GetStringAsync($"{address}livez", Cancel)).ShouldBe("alive\n");
        (await ReadyAsync(address)).ShouldBe((HttpStatusCode.OK, $$$"""{"status":"ready","checks":{"database":"ok","certificate":"ok",{{{ofTheRoles.Trim()}}},"accepts_work":"ok"}}"""));
    }

    [Fact(Timeout = Timeout)]
    public async Task Metrics_are_at_the_operations_address_alone_and_only_when_asked_for()
    {
        await using var host = await StartAsync("--Operations:Listen=127.0.0.1:0", "--Operations:Prometheus=true");
        var address = OperationsOf(host);
        using var created = await _client.PostAsJsonAsync(new Uri(host.ApiUrl, "/accounts"), new { email = "a@example.org", password = "a long password" }, Cancel);
        created.StatusCode.ShouldBe(HttpStatusCode.Created);

        var metrics = await _client.GetStringAsync($"{address}metrics", Cancel);
        metrics.ShouldContain("skytale_relay_mailboxes");
        metrics.ShouldContain("http_server_request_duration");
        metrics.ShouldNotContain("a@example.org");
        (await StatusAsync($"{host.ApiUrl}metrics")).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync($"{address}accounts")).ShouldBe(HttpStatusCode.NotFound);
        (await StatusAsync($"{address}.well-known/jwks.json")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact(Timeout = Timeout)]
    public async Task Without_the_switch_there_are_no_metrics()
    {
        await using var host = await StartAsync("--Operations:Listen=127.0.0.1:0");
        (await StatusAsync($"{OperationsOf(host)}metrics")).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_channel_log_that_takes_nothing_makes_the_server_not_ready()
    {
        await using var log = new FaultyChannelLog(new MemoryChannelLog());
        await using var host = await StartAsync([], log);
        (await ReadyAsync(host.ApiUrl)).Status.ShouldBe(HttpStatusCode.OK);

        log.Fault = Fault.BeforeWriting;
        _time.Advance(TimeSpan.FromSeconds(1));
        (await ReadyAsync(host.ApiUrl)).ShouldBe((HttpStatusCode.ServiceUnavailable,
            """{"status":"not_ready","checks":{"database":"ok","certificate":"ok","token_keys":"ok","channel_log":"failed","accepts_work":"ok"}}"""));

        log.Fault = Fault.None;
        _time.Advance(TimeSpan.FromSeconds(1));
        (await ReadyAsync(host.ApiUrl)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_certificate_that_has_run_out_makes_the_server_not_ready()
    {
        await using var host = await StartAsync("--Roles=api"); // No other waits for the time that passes.
        _time.Advance(TimeSpan.FromDays(10_000));
        (await ReadyAsync(host.ApiUrl)).Body.ShouldContain("\"certificate\":\"failed\"");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_draining_server_works_on_and_takes_no_new_work_until_its_time_is_over()
    {
        await using var host = await StartAsync("--Operations:DrainSeconds=20");
        var draining = host.Services.GetRequiredService<Draining>();
        var stopping = host.Services.GetRequiredService<IHost>().StopAsync(Cancel);

        draining.HasBegun.ShouldBeTrue();
        var (status, body) = await ReadyAsync(host.ApiUrl);
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        body.ShouldContain("\"accepts_work\":\"failed\"");
        using var created = await _client.PostAsJsonAsync(new Uri(host.ApiUrl, "/accounts"), new { email = "a@example.org", password = "a long password" }, Cancel);
        created.StatusCode.ShouldBe(HttpStatusCode.Created);
        stopping.IsCompleted.ShouldBeFalse();

        _time.Advance(TimeSpan.FromSeconds(20));
        await stopping;
        await Should.ThrowAsync<HttpRequestException>(ReadyAsync(host.ApiUrl));
    }

    [Fact(Timeout = Timeout)]
    public async Task Migrate_makes_the_databases_and_ends()
    {
        (await ServerHost.RunAsync(["migrate", .. Settings()])).ShouldBe(0);
        File.Exists(_folder.File("server/skytale.db")).ShouldBeTrue();
        File.Exists(_folder.File("local.json")).ShouldBeFalse();
        (await ServerHost.RunAsync(["migrate", .. Settings("--Roles=cook")])).ShouldBe(2);
    }

    private Task<ServerHost> StartAsync(params string[] more) => StartAsync(more, null);

    private async Task<ServerHost> StartAsync(string[] more, IChannelLog? log)
    {
        var host = await ServerHost.BuildAsync(Settings(more), _time, log, Cancel);
        await host.StartAsync(Cancel);
        if (host.Options.ServesApi)
            _client = ApiServer.ClientFor(host);
        return host;
    }

    private string[] Settings(params string[] more) =>
        [$"--SKYTALE_HOME={_folder.Path}", "--Api:Listen=127.0.0.1:0", "--Relay:Listen=127.0.0.1:0", "--SlimProxy:Listen=127.0.0.1:0", .. more];

    private static Uri OperationsOf(ServerHost host) =>
        new(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(address => address.StartsWith("http://", StringComparison.Ordinal)));

    private async Task<(HttpStatusCode Status, string Body)> ReadyAsync(Uri server)
    {
        using var answer = await _client.GetAsync(new Uri(server, "readyz"), Cancel);
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!.AsObject();
        return (answer.StatusCode, body.ToJsonString());
    }

    private async Task<HttpStatusCode> StatusAsync(string url)
    {
        using var answer = await _client.GetAsync(url, Cancel);
        return answer.StatusCode;
    }
}
