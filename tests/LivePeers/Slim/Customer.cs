using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Skytale.Tests.EndToEnd;

namespace Skytale.LivePeers.Tests.Slim;

/// <summary>An account with an API key and the agents "alice" and "bob", and the tokens that it fetches.</summary>
internal sealed class Customer : IAsyncDisposable
{
    private readonly ServerProcess _server;
    private readonly SlimAccount _account;

    private Customer(ServerProcess server, SlimAccount account) => (_server, _account) = (server, account);

    public string Org => _account.Org;

    public string ApiKey => _account.ApiKey;

    public static async Task<Customer> SignUpAsync(ServerProcess server)
    {
        var customer = new Customer(server, await SlimAccount.SignUpAsync(new Uri(server.Url), server.Certificate));
        await customer._account.RegisterAsync("alice");
        await customer._account.RegisterAsync("bob");
        return customer;
    }

    /// <summary>A file with a token for one of the agents, as <c>POST /tokens</c> answers it.</summary>
    /// <param name="audience"><c>slim</c>; null: for the relay.</param>
    public async Task<string> TokenFileAsync(string agent, string? audience)
    {
        using var http = new HttpClient(new SocketsHttpHandler
        {
            SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => Convert.ToHexStringLower(SHA256.HashData(shown!.GetRawCertData())) == _server.Certificate },
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{_server.Url}/tokens")
        {
            Content = JsonContent.Create(new { agent, audience }),
            Headers = { Authorization = new AuthenticationHeaderValue("Bearer", ApiKey) },
        };
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken)).GetProperty("token").GetString()!;
        return await FileOfAsync(token);
    }

    /// <summary>A file with whatever is to be shown as a token.</summary>
    public async Task<string> FileOfAsync(string token)
    {
        var path = Path.Combine(_account.Home, $"token-{Guid.NewGuid():n}");
        await File.WriteAllTextAsync(path, token, TestContext.Current.CancellationToken);
        return path;
    }

    public ValueTask DisposeAsync() => _account.DisposeAsync();
}
