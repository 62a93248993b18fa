using Microsoft.Extensions.DependencyInjection;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;
using Skytale.Security.Argon2;

namespace Skytale.Tests;

public sealed class Argon2Tests
{
    private const int Timeout = 60_000;

    [Theory(Timeout = Timeout)]
    // From the reference implementation's test.c (phc-winner-argon2), version 0x13: password "password", salt "somesalt".
    [InlineData("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc")]
    public async Task Hashes_of_the_reference_implementation_are_verified(string phc)
    {
        using var hasher = new Argon2Hasher(new Argon2Options());
        (await CheckAsync(hasher, "password", phc)).Matches.ShouldBeTrue();
        (await CheckAsync(hasher, "Password", phc)).Matches.ShouldBeFalse();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_hash_matches_its_secret_alone_and_needs_no_replacement()
    {
        using var hasher = new Argon2Hasher(new Argon2Options());
        var hash = (await hasher.HashAsync(new SecretText("secret"), default)).Value;
        (await CheckAsync(hasher, "secret", hash.Phc)).ShouldBe(new SecretCheck(true, null));
        (await CheckAsync(hasher, "secre", hash.Phc)).ShouldBe(new SecretCheck(false, null));
        (await hasher.HashAsync(new SecretText("secret"), default)).Value.ShouldNotBe(hash, "salts are random");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_weaker_hash_is_replaced_when_the_secret_is_right_and_only_then()
    {
        using var old = new Argon2Hasher(new Argon2Options());
        using var raised = new Argon2Hasher(new Argon2Options { Passes = 3 });
        var hash = (await old.HashAsync(new SecretText("secret"), default)).Value;
        (await CheckAsync(raised, "wrong", hash.Phc)).Replacement.ShouldBeNull();
        var replacement = (await CheckAsync(raised, "secret", hash.Phc)).Replacement.ShouldNotBeNull();
        replacement.Phc.ShouldStartWith("$argon2id$v=19$m=19456,t=3,p=1$");
        (await CheckAsync(raised, "secret", replacement.Phc)).ShouldBe(new SecretCheck(true, null));
    }

    [Fact(Timeout = Timeout)]
    public async Task Nobodys_secret_costs_a_hash_and_never_matches()
    {
        using var hasher = new Argon2Hasher(new Argon2Options());
        (await hasher.CheckAsync(new SecretText("anything"), () => Task.FromResult<SecretHash?>(null), default)).Value.ShouldBe(new SecretCheck(false, null));
        hasher.Computed.ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("$argon2i$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("$argon2id$v=16$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc")]
    [InlineData("$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFh")]
    public async Task What_is_no_usable_hash_is_our_own_fault_and_no_match(string phc)
    {
        using var hasher = new Argon2Hasher(new Argon2Options());
        await Should.ThrowAsync<FormatException>(CheckAsync(hasher, "password", phc));
    }

    [Fact(Timeout = Timeout)]
    public async Task With_every_turn_taken_and_the_queue_full_the_server_answers_429_and_recovers()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ApiServer.StartAsync(folder.Path, null, "--Argon2:Concurrency=1", "--Argon2:Queue=0");
        var hasher = server.Host.Services.GetRequiredService<Argon2Hasher>();
        const string Slow = "$argon2id$v=19$m=65536,t=30,p=1$AAAAAAAAAAAAAAAAAAAAAA$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
        Answer answer;
        Task<SecretCheck> slow;
        do
        {
            slow = CheckAsync(hasher, "password", Slow); // holds the only turn; should it end before the request comes, again
            answer = await server.PostAsync("/sessions", new { email = "a@b.example", password = "whatever it is" });
            await slow;
        }
        while (answer.Status != 429);
        (answer.Code, answer.RetryAfter).ShouldBe(("rate_limited", TimeSpan.FromSeconds(1)));
        (await server.PostAsync("/sessions", new { email = "a@b.example", password = "whatever it is" })).Status.ShouldBe(401);
    }

    [Fact(Timeout = Timeout)]
    public async Task Who_finds_the_queue_full_costs_the_database_nothing()
    {
        using var hasher = new Argon2Hasher(new Argon2Options { Concurrency = 1, Queue = 0 });
        var found = new TaskCompletionSource<SecretHash?>();
        var first = hasher.CheckAsync(new SecretText("a"), () => found.Task, TestContext.Current.CancellationToken);
        var second = await hasher.CheckAsync(new SecretText("b"), () => throw new InvalidOperationException("was asked"), TestContext.Current.CancellationToken);
        second.Refusal!.Code.ShouldBe(ErrorCode.RateLimited);
        found.SetResult(null);
        (await first).Value.Matches.ShouldBeFalse();
    }

    private static async Task<SecretCheck> CheckAsync(Argon2Hasher hasher, string secret, string phc)
    {
        var check = await hasher.CheckAsync(new SecretText(secret), () => Task.FromResult<SecretHash?>(new SecretHash(phc)), TestContext.Current.CancellationToken);
        return check.IsSuccess ? check.Value : throw new ShouldAssertException(check.Refusal.Code.Name());
    }
}
