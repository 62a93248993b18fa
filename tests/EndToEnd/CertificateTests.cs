using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Skytale.Tests.EndToEnd;

/// <summary>An operator renews the server's certificate while agents talk.</summary>
[Trait("Category", "Slow")]
public sealed class CertificateTests
{
    [Fact(Timeout = 180_000)]
    public async Task A_renewed_certificate_is_shown_after_a_hangup_and_nobody_is_disconnected()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("server.pem");
        Write(file, out _);
        await using var server = new ServerProcess();
        await server.InitializeAsync($"--Certificate:Path={file}");
        await using var user = await User.WithAgentsAsync(server, "alice", "bob");
        var channel = await user.CreateChannelAsync("renewal", "alice", "bob");
        var alice = await StartChatAsync(user, channel, "alice", "quic");
        var bob = await StartChatAsync(user, channel, "bob", "tls");

        await File.WriteAllTextAsync(file, "not a certificate", TestContext.Current.CancellationToken);
        server.Program.HangUp();
        await server.Program.WaitForOutputAsync(line => line.Contains("cannot be used", StringComparison.Ordinal));
        (await user.RunAsync("channel", "members", channel, "--agent", "alice")).ShouldFail(4); // Its store is in use: the server was not even asked.
        Write(file, out var renewed);
        server.Program.HangUp();
        await server.Program.WaitForOutputAsync(line => line.Contains($"was changed: sha256 {renewed}", StringComparison.Ordinal));

        await alice.WriteLineAsync("still here?");
        await bob.WaitForOutputAsync(line => line.EndsWith(" alice still here?", StringComparison.Ordinal));
        foreach (var chat in new[] { alice, bob })
        {
            await chat.EndInputAsync();
            (await chat.EndAsync()).ShouldBe(0);
        }

        // Who pinned the old one is told; who pins the new one gets in, over both.
        (await user.RunAsync("status", "--agent", "alice")).ShouldFail(3, "certificate", renewed);
        Pin(user, renewed);
        foreach (var transport in new[] { "quic", "tls" })
            (await user.RunAsync("status", "--agent", "alice", "--transport", transport)).ShouldBeDone();
    }

    private static async Task<RunningProgram> StartChatAsync(User user, string channel, string agent, string transport)
    {
        var chat = user.Start("chat", channel, "--agent", agent, "--transport", transport);
        await chat.WaitForErrorAsync(line => line.StartsWith($"{agent} is on ", StringComparison.Ordinal));
        return chat;
    }

    private static void Write(string file, out string sha256)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(90));
        sha256 = Convert.ToHexStringLower(SHA256.HashData(certificate.RawData));
        File.WriteAllText(file, $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}");
    }

    private static void Pin(User user, string sha256)
    {
        var path = Path.Combine(user.Home, "credentials.json");
        var credentials = JsonNode.Parse(File.ReadAllText(path))!;
        credentials["certificate_sha256"] = sha256;
        File.WriteAllText(path, credentials.ToJsonString());
    }
}
