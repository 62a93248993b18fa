using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Skytale.Accounts;
using Skytale.Protocol;
using Skytale.Server.SlimProxy;

namespace Skytale.Slim.Tests.Proxy;

/// <summary>API keys that applications show to the proxy: the API sees the proxy's address alone, whoever it was.</summary>
public sealed class KeyExchangeTests : IAsyncLifetime
{
    private static readonly string s_key = ApiKeySecret.FromRandom(KeyId.FromRandom(new byte[KeyId.Size]), new byte[ApiKeySecret.SecretSize]).Reveal();
    private static readonly IPAddress s_eve = IPAddress.Parse("192.0.2.1");
    private static readonly IPAddress s_alice = IPAddress.Parse("192.0.2.2");

    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private WebApplication _api = null!;
    private KeyExchange _keys = null!;
    private int _status = StatusCodes.Status401Unauthorized;
    private int _asked;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _api = builder.Build();
        _api.Run(http =>
        {
            Interlocked.Increment(ref _asked);
            http.Response.StatusCode = _status;
            return http.Response.WriteAsJsonAsync(new { token = "a token" });
        });
        await _api.StartAsync(Cancel);
        var url = new Uri(_api.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        _keys = new KeyExchange(() => url, () => null, _time);
    }

    public async ValueTask DisposeAsync()
    {
        _keys.Dispose();
        await _api.DisposeAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_shows_wrong_keys_uses_up_its_own_tries_and_nobody_elses()
    {
        for (var i = 0; i < KeyExchange.RefusedPerMinute; i++)
            (await AskAsync(s_eve)).ShouldBe(ErrorCode.InvalidCredentials);
        (await AskAsync(s_eve)).ShouldBe(ErrorCode.RateLimited);
        _asked.ShouldBe(KeyExchange.RefusedPerMinute);
        (await AskAsync(s_alice)).ShouldBe(ErrorCode.InvalidCredentials);

        _time.Advance(TimeSpan.FromMinutes(1));
        (await AskAsync(s_eve)).ShouldBe(ErrorCode.InvalidCredentials);
    }

    [Theory(Timeout = 60_000)]
    [InlineData(StatusCodes.Status200OK, null)]
    [InlineData(StatusCodes.Status429TooManyRequests, ErrorCode.Unavailable)]
    [InlineData(StatusCodes.Status500InternalServerError, ErrorCode.Unavailable)]
    public async Task What_is_not_refused_costs_no_try(int status, ErrorCode? outcome)
    {
        _status = status;
        for (var i = 0; i < 2 * KeyExchange.RefusedPerMinute; i++)
            (await AskAsync(s_alice)).ShouldBe(outcome);
    }

    [Theory(Timeout = 60_000)]
    [InlineData("no key")]
    [InlineData("sk_live_\r\nX: y")]
    [InlineData("schl\u00fcssel")]
    public async Task What_is_no_API_key_is_refused_without_the_API(string key)
    {
        (await _keys.ExchangeAsync("alice", key, s_alice, Cancel)).Refusal.ShouldNotBeNull().Code.ShouldBe(ErrorCode.InvalidCredentials);
        _asked.ShouldBe(0);
    }

    private async Task<ErrorCode?> AskAsync(IPAddress from)
    {
        var token = await _keys.ExchangeAsync("alice", s_key, from, Cancel);
        return token.IsSuccess ? null : token.Refusal.Code;
    }
}
