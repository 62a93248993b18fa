using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Skytale.Security.Argon2;

namespace Skytale.Tests;

/// <summary>Very many who come at once with keys that are none: they wait in a queue that is short, and the others are served.</summary>
public sealed class FloodTests : IAsyncLifetime
{
    private const int Timeout = 120_000;
    private const int AtOnce = 1_000;
    private const int Queue = 8;
    private readonly TemporaryFolder _folder = new();
    private ApiServer _server = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await ApiServer.StartAsync(
        _folder.Path, null, "--Roles=api", "--Api:Limits:AddressPerMinute=100000", "--Api:Limits:KeyPerMinute=100000", "--Api:Limits:AccountPerMinute=100000", "--Argon2:Concurrency=1", $"--Argon2:Queue={Queue}");

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_thousand_wrong_keys_at_once_are_refused_without_a_hash_each_and_reads_go_on()
    {
        var customer = await _server.SignUpAsync("a");
        var another = (await _server.PostAsync($"/accounts/{customer.Id}/keys", new { }, customer.Token))["api_key"];
        var wrong = customer.ApiKey[..(customer.ApiKey.LastIndexOf('_') + 1)] + another[(another.LastIndexOf('_') + 1)..];
        var hasher = _server.Host.Services.GetRequiredService<Argon2Hasher>();
        var before = hasher.Computed;
        using var client = ApiServer.ClientFor(_server.Host);

        var flood = Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => TryAsync(client, wrong)));
        do
            (await _server.SendAsync($"/accounts/{customer.Id}/orgs", null, customer.Token, "GET")).Status.ShouldBe(200);
        while (!flood.IsCompleted);

        var answers = await flood;
        var hashed = answers.Count(answer => answer.Status == HttpStatusCode.Unauthorized);
        hashed.ShouldBe((int)(hasher.Computed - before), "each of these cost a hash, and the others none");
        hashed.ShouldBeInRange(1 + Queue, AtOnce / 2);
        answers.Where(answer => answer.Status != HttpStatusCode.Unauthorized).ShouldAllBe(answer => answer.Status == HttpStatusCode.TooManyRequests && answer.RetryAfter == TimeSpan.FromSeconds(1));
        (await _server.PostAsync("/tokens", new { agent = "a" }, customer.ApiKey)).Status.ShouldBe(200);
    }

    private static async Task<(HttpStatusCode Status, TimeSpan? RetryAfter)> TryAsync(HttpClient client, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/tokens") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Content = new StringContent("""{"agent":"a"}""", Encoding.UTF8, "application/json");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await client.SendAsync(request, Cancel);
        return (answer.StatusCode, answer.Headers.RetryAfter?.Delta);
    }
}
