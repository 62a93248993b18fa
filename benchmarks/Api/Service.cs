using System.Diagnostics;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Skytale.Tests;

namespace Skytale.Benchmarks.Api;

/// <summary>Somebody with an account, an API key and an agent named bench.</summary>
internal sealed record Customer(string Id, string Email, string Token, string Key)
{
    public const string Password = "correct horse battery";
}

/// <summary>An API server in its own process, on a Postgres of its own, and those who ask it: their rates are not what is measured.</summary>
internal sealed class Service : IAsyncDisposable
{
    private const string Most = "1000000";
    private readonly RelayProcess _process;
    private readonly HttpClient _client;

    private Service(RelayProcess process)
    {
        _process = process;
        _client = NewClient(64);
    }

    public Uri Api => _process.Api;

    /// <summary>The SHA-256 of its certificate, in hexadecimal.</summary>
    public string Certificate => _process.Place.Certificate;

    /// <summary>The server's physical memory, in bytes.</summary>
    public long Resident => _process.Resident;

    /// <summary>What the server has used of processors since its start.</summary>
    public TimeSpan Processor
    {
        get
        {
            using var process = Process.GetProcessById(_process.Id);
            return process.TotalProcessorTime;
        }
    }

    public static async Task<Service> StartAsync() => new(await RelayProcess.StartAsync(
        LogKind.Postgres, isSlim: false, $"--Api:Limits:AddressPerMinute={Most}", $"--Api:Limits:KeyPerMinute={Most}", $"--Api:Limits:AccountPerMinute={Most}",
        $"--Api:Limits:TargetPerMinute={Most}", "--Logging:LogLevel:Default=Warning"));

    /// <summary>HTTP/1.1 over TLS 1.3, connections kept.</summary>
    public HttpClient NewClient(int connections) => NewClient(Api, Certificate, connections);

    public static HttpClient NewClient(Uri api, string certificate, int connections) => new(new SocketsHttpHandler
    {
        MaxConnectionsPerServer = connections,
        SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => Convert.ToHexStringLower(SHA256.HashData(shown!.GetRawCertData())) == certificate },
    })
    {
        BaseAddress = api,
        Timeout = TimeSpan.FromMinutes(5),
    };

    public async Task<Customer> SignUpAsync()
    {
        var email = $"{Guid.NewGuid():n}@example.org";
        var account = await MadeAsync("/accounts", new { email, password = Customer.Password });
        var (id, token) = (Text(account, "account_id"), Text(account, "account_token"));
        var key = Text(await MadeAsync($"/accounts/{id}/keys", new { }, token), "api_key");
        await MadeAsync($"/accounts/{id}/agents", new AgentIdentity().Registration(id, "bench"), token);
        return new Customer(id, email, token, key);
    }

    public async Task RevokeAsync(Customer customer, string key)
    {
        using var answer = await _client.SendAsync(Request("DELETE", $"/accounts/{customer.Id}/keys/{key.Split('_')[2]}", null, customer.Token));
        answer.EnsureSuccessStatusCode();
    }

    public async Task<string> NewKeyAsync(Customer customer) => Text(await MadeAsync($"/accounts/{customer.Id}/keys", new { }, customer.Token), "api_key");

    public static HttpRequestMessage Request(string method, string path, object? body, string? credential)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        if (credential is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        return request;
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
    }

    private async Task<JsonNode> MadeAsync(string path, object body, string? credential = null)
    {
        using var answer = await _client.SendAsync(Request("POST", path, body, credential));
        var text = await answer.Content.ReadAsStringAsync();
        return (int)answer.StatusCode == 201 ? JsonNode.Parse(text)! : throw new InvalidOperationException($"POST {path}: {text}");
    }

    private static string Text(JsonNode answer, string field) => answer[field]!.GetValue<string>();
}
