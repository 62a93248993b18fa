using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.Json.Nodes;

namespace Skytale.Tests;

/// <summary>What reaches the server before any use case does: malformed bodies, credentials that are none, old TLS.</summary>
public sealed class EdgeTests : IAsyncLifetime
{
    private const int Timeout = 60_000;
    private readonly TemporaryFolder _folder = new();
    private ApiServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync(_folder.Path, null, "--Api:Limits:AddressPerMinute=60", "--Api:Limits:KeyPerMinute=5");

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory(Timeout = Timeout)]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("3")]
    [InlineData("""{"email":1}""")]
    [InlineData("""{"email":"a@b.example","email":"a@b.example"}""")]
    [InlineData("""{"email":"a@b.example","admin":true}""")]
    [InlineData("""{"email":"\ud800"}""")]
    [InlineData("""{"email":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":1}}}}}}}}}""")]
    public async Task A_body_that_is_not_the_requests_json_is_refused(string body)
    {
        var answer = await _server.SendAsync("/accounts", new StringContent(body, Encoding.UTF8, "application/json"));
        (answer.Status, answer.Code).ShouldBe((400, "invalid_request"), answer.ToString());
    }

    [Fact(Timeout = Timeout)]
    public async Task Bytes_that_are_no_utf8_are_refused()
    {
        var content = new ByteArrayContent([(byte)'{', (byte)'"', 0xff, 0xfe, (byte)'"', (byte)':', (byte)'1', (byte)'}']);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        (await _server.SendAsync("/accounts", content)).Status.ShouldBe(400);
    }

    [Fact(Timeout = Timeout)]
    public async Task Another_content_type_is_refused()
    {
        var answer = await _server.SendAsync("/accounts", new StringContent("{}", Encoding.UTF8, "text/plain"));
        (answer.Status, answer.Code).ShouldBe((400, "invalid_request"));
        (await _server.SendAsync("/accounts", null)).Status.ShouldBe(400);
    }

    [Theory(Timeout = Timeout)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_64_KiB_is_refused(bool chunked)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"email":"{{new string('a', 70_000)}}"}""");
        HttpContent content = chunked ? new StreamContent(new NoLength(body)) : new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var answer = await _server.SendAsync("/accounts", content);
        (answer.Status, answer.Code).ShouldBe((413, "payload_too_large"));
    }

    [Fact(Timeout = Timeout)]
    public async Task Every_wrong_field_has_its_message_and_nothing_of_the_value()
    {
        var answer = await _server.PostAsync("/accounts", new { email = "no address", password = "hunter2", org = "Not An Org" });
        (answer.Status, answer.Code).ShouldBe((422, "invalid_request"));
        answer.Body["errors"]!.AsObject().Select(error => error.Key).Order().ShouldBe(["email", "org", "password"]);
        answer.ToString().ShouldNotContain("hunter2");
        (await _server.PostAsync("/accounts", new { })).Status.ShouldBe(422);
    }

    [Theory(Timeout = Timeout)]
    [InlineData("GET", "/nothing", 404, "not_found")]
    [InlineData("DELETE", "/accounts", 405, "invalid_request")]
    [InlineData("POST", "/tokens", 401, "invalid_credentials")]
    [InlineData("POST", "/accounts/x/keys", 401, "invalid_credentials")]
    public async Task Whatever_is_not_there_or_not_allowed_answers_with_a_code(string method, string path, int status, string code)
    {
        var answer = await _server.SendAsync(path, null, method: method);
        (answer.Status, answer.Code).ShouldBe((status, code));
    }

    [Fact(Timeout = Timeout)]
    public async Task The_jwks_shows_the_public_half_alone()
    {
        var key = (await _server.SendAsync("/.well-known/jwks.json", null, method: "GET")).Body["keys"]!.AsArray().ShouldHaveSingleItem()!.AsObject();
        key.Select(member => member.Key).Order().ShouldBe(["alg", "crv", "kid", "kty", "use", "x", "y"]);
        key["alg"]!.GetValue<string>().ShouldBe("ES256");
        (await _server.SendAsync("/livez", null, method: "GET")).Status.ShouldBe(200);
    }

    [Theory(Timeout = Timeout)]
    [InlineData(SslProtocols.Tls12, false)]
    [InlineData(SslProtocols.Tls13, true)]
    public async Task Only_tls_1_3_is_spoken(SslProtocols protocol, bool spoken)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", _server.Host.ApiUrl.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(socket.GetStream(), false, (_, certificate, _, _) => certificate!.GetRawCertData().AsSpan().SequenceEqual(_server.Host.Certificate.Certificate.RawData));
        var handshake = tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "localhost", EnabledSslProtocols = protocol }, TestContext.Current.CancellationToken);
        if (spoken)
            await handshake;
        else
            await Should.ThrowAsync<Exception>(handshake); // the alert, or the closed connection: as the platform has it
    }

    [Fact(Timeout = Timeout)]
    public async Task An_address_that_asks_too_often_waits_as_long_as_it_is_told()
    {
        Answer answer;
        var asked = 0;
        do
        {
            answer = await _server.PostAsync("/accounts", new { });
            asked++;
        }
        while (answer.Status == 422);
        asked.ShouldBe(61);
        (answer.Status, answer.Code).ShouldBe((429, "rate_limited"));
        answer.RetryAfter.ShouldBe(TimeSpan.FromSeconds(1));
        _server.Time.Advance(answer.RetryAfter!.Value);
        (await _server.PostAsync("/accounts", new { })).Status.ShouldBe(422);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_key_that_is_tried_too_often_waits_whether_it_exists_or_not()
    {
        var unknown = "sk_live_" + new string('0', 26) + "_" + new string('0', 52);
        for (var i = 0; i < 5; i++)
            (await _server.PostAsync("/tokens", new { agent = "a" }, unknown)).Status.ShouldBe(401);
        var refused = await _server.PostAsync("/tokens", new { agent = "a" }, unknown);
        (refused.Status, refused.RetryAfter).ShouldBe((429, TimeSpan.FromSeconds(12)));

        // Who knows a key's id spends nothing of its owner's, who comes from elsewhere.
        using var elsewhere = ApiServer.ClientFor(_server.Host, from: IPAddress.Parse("127.0.0.2"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/tokens") { Content = JsonContent.Create(new { agent = "a" }) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", unknown);
        using var answer = await elsewhere.SendAsync(request, TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact(Timeout = Timeout)]
    public void The_local_description_names_the_bound_port_and_is_the_owners_alone()
    {
        var path = _folder.File("local.json");
        var local = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        local["api_url"]!.GetValue<string>().ShouldBe($"https://127.0.0.1:{_server.Host.ApiUrl.Port}");
        local["certificate_sha256"]!.GetValue<string>().ShouldBe(_server.Host.Certificate.Sha256);
        local["pid"]!.GetValue<int>().ShouldBe(Environment.ProcessId);
        if (!OperatingSystem.IsWindows())
        {
            foreach (var file in new[] { path, _folder.File("server/certificate.pem"), _folder.File("server/token-key.pem"), _folder.File("server/skytale.db") })
                File.GetUnixFileMode(file).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, file);
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task A_clean_stop_removes_the_local_description_unless_it_is_another_servers()
    {
        var home = _folder.File("stop");
        var first = await ApiServer.StartAsync(home, null, "--Roles=api");
        var second = await ApiServer.StartAsync(home, null, "--Roles=api");
        await first.DisposeAsync();
        File.Exists(Path.Combine(home, "local.json")).ShouldBeTrue();
        await second.DisposeAsync();
        File.Exists(Path.Combine(home, "local.json")).ShouldBeFalse();
    }

    /// <summary>A stream that does not say how long it is, so that the body is sent in chunks.</summary>
    private sealed class NoLength(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
