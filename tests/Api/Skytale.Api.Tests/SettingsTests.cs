using Microsoft.Extensions.Time.Testing;
using Skytale.Application.Limits;
using Skytale.Protocol.Transport;
using Skytale.Server;

namespace Skytale.Tests;

public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Roles", "api,cook")]
    [InlineData("Api:Listen", "127.0.0.1")]
    [InlineData("Api:Listen", "somewhere:7443")]
    [InlineData("Relay:Listen", "127.0.0.1:99999")]
    [InlineData("Relay:Name", "skytale-api")]
    [InlineData("Relay:Name", "skytale-admin")]
    [InlineData("Relay:Name", "slim")]
    [InlineData("Relay:Name", "no host name")]
    [InlineData("Relay:SlimProxies", "did:key:z16MkiTBz1ymuepAQ4HEHYSF1H8quG5GLVVQR3djdX3mDooWp")]
    [InlineData("Relay:Mailbox:Messages", "0")]
    [InlineData("Relay:Mailbox:MiB", "4")]
    [InlineData("Relay:Mailbox:Minutes", "-1")]
    [InlineData("Relay:Transports", "quic,udp")]
    [InlineData("Relay:Quic", "quiche")]
    [InlineData("Certificate:Path", "/nowhere/certificate.pem")]
    [InlineData("Argon2:MemoryKiB", "1024")]
    [InlineData("Argon2:Passes", "-1")]
    [InlineData("Argon2:Queue", "many")]
    [InlineData("Api:Limits:KeyPerMinute", "0")]
    [InlineData("Api:Limits:AccountPerMinute", "0")]
    [InlineData("Api:Limits:TargetPerMinute", "0")]
    [InlineData("Relay:Limits:KeyPerSecond", "0")]
    [InlineData("Relay:Limits:AccountPerSecond", "-1")]
    [InlineData("Relay:Limits:AddressPerSecond", "many")]
    [InlineData("Relay:Limits:HandshakesPerAddress", "1025")]
    [InlineData("Admin:ShowChannelNames", "perhaps")]
    [InlineData("Operations:Listen", "9464")]
    [InlineData("Operations:Prometheus", "true")] // Without an address to serve it at.
    [InlineData("Operations:Logs", "xml")]
    [InlineData("Operations:DrainSeconds", "3601")]
    [InlineData("Relay:Lisen", "127.0.0.1:7444")]
    [InlineData("Api:Limits:KeyPerHour", "1")]
    public async Task A_wrong_setting_keeps_the_server_from_starting_and_is_named(string key, string value) =>
        (await Should.ThrowAsync<SettingsException>(ServerHost.BuildAsync([$"--SKYTALE_HOME={_folder.Path}", $"--{key}={value}"]))).Message.ShouldStartWith(key + ":");

    [Fact(Timeout = 60_000)]
    public async Task Without_configuration_everything_is_on_loopback_under_the_home_folder()
    {
        await using var host = await ServerHost.BuildAsync([$"--SKYTALE_HOME={_folder.Path}"]);
        host.Options.ApiListen.ToString().ShouldBe("127.0.0.1:7443");
        host.Options.RelayListen.ToString().ShouldBe("127.0.0.1:7444");
        host.Options.RelayTransports.ShouldBe([TransportKind.Quic, TransportKind.Tls]);
        host.Options.RelayName.ShouldBe("localhost");
        host.Options.Data.ShouldBe(_folder.File("server"));
        host.Options.Postgres.ShouldBeNull();
    }

    [Fact]
    public void The_table_of_limits_forgets_the_name_that_was_seen_longest_ago()
    {
        var buckets = new TokenBuckets(each: 1, TimeSpan.FromMinutes(1), capacity: 2, new FakeTimeProvider());
        buckets.Take("a").ShouldBe(0);
        buckets.Take("b").ShouldBe(0);
        buckets.Take("a").ShouldBe(60);
        buckets.Take("c").ShouldBe(0); // b makes room
        buckets.Count.ShouldBe(2);
        buckets.Take("a").ShouldBe(60);
        buckets.Take("b").ShouldBe(0);
    }
}
