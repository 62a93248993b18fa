using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Skytale.Sdk;

namespace Skytale.Tests.Sdk;

/// <summary>Agents as services of a host.</summary>
public sealed class HostTests(OneServer one)
{
    [Fact(Timeout = 120_000)]
    public async Task A_host_connects_its_agents_and_disposes_them()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddKeyedSkytale("host-alice", Configure);
        builder.Services.AddKeyedSkytale("host-bob", Configure);
        builder.Services.AddHostedService<Greeter>();
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        var alice = await host.Services.GetRequiredKeyedService<SkytaleAgentSource>("host-alice").GetAsync();
        alice.FindChannel("demo/host").ShouldNotBeNull();
        await host.StopAsync(TestContext.Current.CancellationToken);
        // The store is free again.
        await using var again = await one.Server.ConnectAgentAsync("host-alice");
        again.Id.ShouldBe(alice.Id);
    }

    [Fact(Timeout = 120_000)]
    public async Task Options_come_from_configuration()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Skytale:Name"] = "host-carol",
            ["Skytale:ApiKey"] = one.Server.ApiKey,
            ["Skytale:Server"] = one.Server.Url.OriginalString,
            ["Skytale:Certificate"] = one.Server.Certificate,
            ["Skytale:Home"] = one.Server.Home,
            ["Skytale:Passphrase"] = "of the configuration",
            ["Skytale:Transport"] = "tls",
        });
        builder.Services.AddSkytale(builder.Configuration.GetSection("Skytale"));
        using var host = builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        var carol = await host.Services.GetRequiredService<SkytaleAgentSource>().GetAsync();
        carol.Connection!.Transport.ShouldBe(Skytale.Protocol.Transport.TransportKind.Tls);
        File.Exists(Path.Combine(one.Server.Home, "agents", "host-carol", "store.passphrase")).ShouldBeTrue();
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Theory(Timeout = 120_000)]
    [InlineData("Name", "No Name")]
    [InlineData("Server", "http://plain.example")]
    [InlineData("Certificate", "abc")]
    [InlineData("Transport", "pigeon")]
    public async Task What_is_wrong_is_named_at_the_start(string key, string value)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { ["Skytale:Name"] = "dave", ["Skytale:Server"] = "https://nowhere.example", [$"Skytale:{key}"] = value });
        builder.Services.AddSkytale(builder.Configuration.GetSection("Skytale"));
        using var host = builder.Build();
        (await Should.ThrowAsync<OptionsValidationException>(host.StartAsync(TestContext.Current.CancellationToken))).Message.ShouldContain(key);
    }

    private void Configure(SkytaleAgentOptions options) =>
        (options.ApiKey, options.Server, options.Certificate, options.Home) = (one.Server.ApiKey, one.Server.Url, one.Server.Certificate, one.Server.Home);

    // As applications are: made before anything is connected, started when all is.
    private sealed class Greeter([FromKeyedServices("host-alice")] SkytaleAgentSource source) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken) => await (await source.GetAsync(cancellationToken)).CreateChannelAsync("demo/host", cancellationToken);

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
