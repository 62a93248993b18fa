using Skytale.Accounts;
using Skytale.Application.Ports;
using Microsoft.Extensions.DependencyInjection;
using Skytale.Security.Argon2;

namespace Skytale.Tests;

/// <summary>How much one account may ask, and how often its password may be guessed.</summary>
public sealed class CallerLimitTests : IAsyncLifetime
{
    private const int Timeout = 60_000;
    private readonly TemporaryFolder _folder = new();
    private ApiServer _server = null!;

    private long Hashes => _server.Host.Services.GetRequiredService<Argon2Hasher>().Computed;

    public async ValueTask InitializeAsync() =>
        _server = await ApiServer.StartAsync(_folder.Path, null, "--Roles=api", "--Api:Limits:TargetPerMinute=3", "--Api:Limits:AccountPerMinute=5");

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Theory(Timeout = Timeout)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Passwords_of_one_address_are_guessed_three_times_a_minute_whether_there_is_an_account_or_not(bool isThere)
    {
        var email = isThere ? (await _server.SignUpAsync("ada")).Email : "nobody@nowhere.example";
        for (var i = 0; i < 3; i++)
            (await SignInAsync(email.ToUpperInvariant(), "wrong wrong wrong")).Code.ShouldBe("invalid_credentials");

        var before = Hashes;
        var refused = await SignInAsync(email, "wrong wrong wrong");
        (refused.Status, refused.Code, refused.RetryAfter).ShouldBe((429, "rate_limited", TimeSpan.FromSeconds(20)));
        Hashes.ShouldBe(before, "what is not looked at costs nothing");

        _server.Time.Advance(refused.RetryAfter!.Value);
        (await SignInAsync(email, Customer.Password)).Status.ShouldBe(isThere ? 201 : 401);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_right_password_is_no_guess()
    {
        var account = await _server.SignUpAsync("ada");
        for (var i = 0; i < 8; i++)
            (await SignInAsync(account.Email, Customer.Password)).Status.ShouldBe(201);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_stolen_token_does_not_guess_the_password_faster()
    {
        var account = await _server.SignUpAsync("ada");
        for (var i = 0; i < 3; i++)
            (await _server.SendAsync($"/accounts/{account.Id}/close", Json(new { password = "wrong wrong wrong" }), account.Token)).Code.ShouldBe("invalid_credentials");

        (await SignInAsync(account.Email, Customer.Password)).Code.ShouldBe("rate_limited");
    }

    [Fact(Timeout = Timeout)]
    public async Task An_account_waits_and_another_does_not()
    {
        var (busy, other) = (await _server.SignUpAsync("ada"), await _server.SignUpAsync("ada"));
        Answer answer;
        do
            answer = await _server.SendAsync($"/accounts/{busy.Id}/keys", null, busy.Token, "GET");
        while (answer.Status == 200);

        (answer.Status, answer.Code, answer.RetryAfter).ShouldBe((429, "rate_limited", TimeSpan.FromSeconds(12)));
        (await _server.SendAsync($"/accounts/{busy.Id}/keys", null, other.Token, "GET")).Code.ShouldBe("forbidden", "whose token it is not spends nothing of it");
        (await _server.SendAsync($"/accounts/{other.Id}/keys", null, other.Token, "GET")).Status.ShouldBe(200);
        _server.Time.Advance(answer.RetryAfter!.Value);
        (await _server.SendAsync($"/accounts/{busy.Id}/keys", null, busy.Token, "GET")).Status.ShouldBe(200);
    }

    [Fact(Timeout = Timeout)]
    public async Task An_accounts_keys_share_what_it_may_ask()
    {
        var busy = await _server.SignUpAsync("ada");
        var another = await _server.PostAsync($"/accounts/{busy.Id}/keys", new { }, busy.Token);
        Answer answer;
        do
            answer = await _server.PostAsync("/tokens", new { agent = "ada" }, busy.ApiKey);
        while (answer.Status == 200);
        answer.Code.ShouldBe("rate_limited");
        (await _server.PostAsync("/tokens", new { agent = "ada" }, another["api_key"])).Code.ShouldBe("rate_limited");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_password_that_was_not_looked_at_is_no_guess()
    {
        var account = await _server.SignUpAsync("ada");
        var hasher = _server.Host.Services.GetRequiredService<Argon2Hasher>();
        var full = new TaskCompletionSource<SecretHash?>();
        var places = new Argon2Options();
        var taken = Enumerable.Range(0, places.Concurrency + places.Queue).Select(_ => hasher.CheckAsync(new SecretText("x"), () => full.Task, TestContext.Current.CancellationToken)).ToList();
        for (var i = 0; i < 6; i++)
            (await SignInAsync(account.Email, "wrong wrong wrong")).RetryAfter.ShouldBe(TimeSpan.FromSeconds(1), "the server is busy, and the address not locked");
        full.SetException(new TimeoutException());
        await Should.ThrowAsync<TimeoutException>(Task.WhenAll(taken));
        (await SignInAsync(account.Email, Customer.Password)).Status.ShouldBe(201);
    }

    private Task<Answer> SignInAsync(string email, string password) => _server.SendAsync("/sessions", Json(new { email, password }));

    private static StringContent Json(object body) => new(System.Text.Json.JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");
}
