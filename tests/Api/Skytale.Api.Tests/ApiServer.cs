using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Skytale.Server;
using Skytale.Server.Admin;

namespace Skytale.Tests;

/// <summary>A real server in this process, on a port that the system chose, and a client that trusts its certificate alone.</summary>
public sealed class ApiServer : IAsyncDisposable
{
    private readonly HttpClient _client;

    private readonly string[] _args;

    private ApiServer(ServerHost host, FakeTimeProvider time, string[] args)
    {
        Host = host;
        Time = time;
        _args = args;
        _client = ClientFor(host);
    }

    public ServerHost Host { get; }

    public FakeTimeProvider Time { get; }

    public static async Task<ApiServer> StartAsync(string home, string? postgres, params string[] settings)
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        string[] args = [$"--SKYTALE_HOME={home}", "--Api:Listen=127.0.0.1:0", "--Relay:Listen=127.0.0.1:0", "--SlimProxy:Listen=127.0.0.1:0", .. settings];
        if (postgres is not null)
            args = [.. args, $"--ConnectionStrings:Postgres={postgres}"];
        var host = await ServerHost.BuildAsync(args, time);
        await host.StartAsync(TestContext.Current.CancellationToken);
        return new ApiServer(host, time, args);
    }

    public Task<HttpResponseMessage> GetAsync(string path) => _client.GetAsync(path, TestContext.Current.CancellationToken);

    /// <summary>A client at the API's address that trusts this server's certificate alone.</summary>
    /// <param name="headers">How headers are written; null: in ASCII, and what is none is an exception.</param>
    /// <param name="from">The address that it comes from; null: the system's choice.</param>
    public static HttpClient ClientFor(ServerHost host, Encoding? headers = null, IPAddress? from = null)
    {
        var sha256 = host.Certificate.Sha256;
        return new HttpClient(new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            RequestHeaderEncodingSelector = (_, _) => headers,
            ConnectCallback = from is null ? null : async (to, stop) =>
            {
                var socket = new Socket(from.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                socket.Bind(new IPEndPoint(from, 0));
                await socket.ConnectAsync(to.DnsEndPoint, stop);
                return new NetworkStream(socket, ownsSocket: true);
            },
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => Convert.ToHexStringLower(SHA256.HashData(certificate!.GetRawCertData())) == sha256 },
        })
        {
            BaseAddress = host.ApiUrl,
        };
    }

    public Task<Answer> PostAsync(string path, object body, string? bearer = null) =>
        SendAsync(path, new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json"), bearer);

    public async Task<Answer> SendAsync(string path, HttpContent? content, string? bearer = null, string method = "POST", string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = content };
        if (bearer is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        if (idempotencyKey is not null)
            request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey).ShouldBeTrue();
        using var response = await _client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var body = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true ? JsonNode.Parse(text)!.AsObject() : [];
        return new Answer((int)response.StatusCode, body, response.Headers.RetryAfter?.Delta);
    }

    /// <summary>An account with a key and, where a name is given, an agent.</summary>
    public async Task<Customer> SignUpAsync(string? agent = null)
    {
        var email = $"{Guid.NewGuid():n}@example.org";
        var account = await PostAsync("/accounts", new { email, password = Customer.Password });
        account.Status.ShouldBe(201, account.ToString());
        var customer = new Customer(account["account_id"], account["account_token"], email, account["org"]);
        var key = await PostAsync($"/accounts/{customer.Id}/keys", new { }, customer.Token);
        key.Status.ShouldBe(201, key.ToString());
        customer = customer with { ApiKey = key["api_key"], KeyId = key["key_id"] };
        if (agent is not null)
        {
            var created = await PostAsync($"/accounts/{customer.Id}/agents", new AgentIdentity().Registration(customer.Id, agent), customer.ApiKey);
            created.Status.ShouldBe(201, created.ToString());
            customer = customer with { AgentId = created["agent_id"] };
        }
        return customer;
    }

    /// <summary>Runs <c>skytale-server admin</c> beside the server.</summary>
    public async Task<(int Code, string Output, string Errors)> AdminCommandAsync(params string[] words)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var code = await AdminCommands.RunAsync([AdminCommands.Name, .. words, .. _args], output, errors, Time, TestContext.Current.CancellationToken);
        return (code, output.ToString(), errors.ToString());
    }

    /// <summary>A new administrator's key.</summary>
    public async Task<string> CreateAdminAsync(string name = "Ada")
    {
        var (code, output, errors) = await AdminCommandAsync("create", "--name", name);
        code.ShouldBe(0, errors);
        return output.Trim();
    }

    /// <summary>An administrator's token for such a key, or for that of a new one.</summary>
    public async Task<string> AdminTokenAsync(string? key = null)
    {
        var answer = await SendAsync("/admin/tokens", null, key ?? await CreateAdminAsync());
        answer.Status.ShouldBe(200, answer.ToString());
        return answer["token"];
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await Host.DisposeAsync();
    }
}

public sealed record Customer(string Id, string Token, string Email, string Org)
{
    public const string Password = "correct horse battery";

    public string ApiKey { get; init; } = "";

    public string KeyId { get; init; } = "";

    /// <summary>The did:key of the agent that it was made with.</summary>
    public string AgentId { get; init; } = "";
}

public sealed record Answer(int Status, JsonObject Body, TimeSpan? RetryAfter)
{
    public string this[string field] => Body[field]?.GetValue<string>() ?? throw new ShouldAssertException($"no {field} in {this}");

    public string? Code => Body["code"]?.GetValue<string>();

    /// <summary>The body without the request's id, which differs always.</summary>
    public string WithoutRequestId()
    {
        var copy = Body.DeepClone().AsObject();
        copy.Remove("request_id").ShouldBeTrue();
        return $"{Status} {copy.ToJsonString()}";
    }

    public override string ToString() => $"{Status} {Body.ToJsonString()}";
}
