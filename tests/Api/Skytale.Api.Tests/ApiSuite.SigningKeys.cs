using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;
using Skytale.Security.Tokens;
using Skytale.Server.Keys;

namespace Skytale.Tests;

// The keys that sign tokens take turns, and whoever checks tokens follows.
public abstract partial class ApiSuite
{
    [Fact(Timeout = Timeout)]
    public async Task A_token_of_the_key_before_lives_to_its_end_and_new_ones_are_of_the_new_key()
    {
        var customer = await Server.SignUpAsync("ada");
        var before = await TokenAsync(customer);
        var old = Signer.Public.Kid;
        (await Signer.RotateAsync(Cancel)).ShouldBeTrue();
        var after = await TokenAsync(customer);

        (KidOf(before), KidOf(after)).ShouldBe((old, Signer.Public.Kid));
        old.ShouldNotBe(Signer.Public.Kid);
        // The relay's check has not been told: it finds the new key because a token names it.
        (await CheckAsync(after)).ShouldBeNull();
        (await CheckAsync(before)).ShouldBeNull();
        (await JwksAsync()).ShouldBe([old, Signer.Public.Kid], ignoreOrder: true);

        Server.Time.Advance(TimeSpan.FromMinutes(59));
        (await CheckAsync(before)).ShouldBeNull();
        Server.Time.Advance(TimeSpan.FromMinutes(2));
        (await CheckAsync(before)).ShouldBeOneOf(ErrorCode.ExpiredToken, ErrorCode.InvalidToken);
        (await JwksAsync()).ShouldBe([Signer.Public.Kid]);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_server_whose_key_is_not_good_for_as_long_as_its_tokens_live_is_not_ready()
    {
        var row = (await Server.Host.Services.GetRequiredService<IPublishedKeys>().ReadAsync(Cancel)).Single();
        Signer.Check([row]);
        Signer.Check([row with { EndsAt = Server.Time.GetUtcNow() + TimeSpan.FromHours(1) }]);
        Should.Throw<InvalidOperationException>(() => Signer.Check([])).Message.ShouldContain("not published");
        Should.Throw<InvalidOperationException>(() => Signer.Check([row with { EndsAt = Server.Time.GetUtcNow() + TimeSpan.FromMinutes(59) }])).Message.ShouldContain("ends at");

        File.Delete(Path.Combine(Server.Host.Options.Data, "token-key.pem"));
        Should.Throw<FileNotFoundException>(() => Signer.Check([row]));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_key_that_was_ended_verifies_nothing_and_its_server_takes_another_by_itself()
    {
        var customer = await Server.SignUpAsync("ada");
        var token = await TokenAsync(customer);
        var ended = Signer.Public.Kid;
        (await KeysAsync("end", ended)).Code.ShouldBe(0);
        await Server.Host.Services.GetRequiredService<KnownKeys>().FollowAsync(Cancel);
        (await CheckAsync(token)).ShouldBe(ErrorCode.InvalidToken);
        (await Server.SendAsync($"/accounts/{customer.Id}/keys", null, customer.Token, "GET")).Code.ShouldBe("invalid_token");

        while (Signer.Public.Kid == ended) // The server's own clockwork.
        {
            Server.Time.Advance(KnownKeys.Interval);
            await Task.Delay(10, Cancel);
        }
        (await CheckAsync(token)).ShouldBe(ErrorCode.InvalidToken);
        (await CheckAsync(await TokenAsync(customer))).ShouldBeNull();
        (await KeysAsync("end", ended)).Code.ShouldBe(1);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_key_is_replaced_when_it_is_old_and_after_a_restart_it_is_the_same()
    {
        var kid = Signer.Public.Kid;
        await Server.DisposeAsync();
        _server = await StartAsync("--Token:KeyDays=30", "--Roles=api");
        Signer.Public.Kid.ShouldBe(kid);
        Server.Time.Advance(TimeSpan.FromDays(29));
        await Signer.KeepAsync(await Published.ReadAsync(Cancel), Cancel);
        Signer.Public.Kid.ShouldBe(kid);
        Server.Time.Advance(TimeSpan.FromDays(2));
        await Signer.KeepAsync(await Published.ReadAsync(Cancel), Cancel);
        Signer.Public.Kid.ShouldNotBe(kid);
        var all = await Published.ReadAsync(Cancel);
        all.Single(key => key.KeyId == kid).EndsAt.ShouldNotBeNull();
        all.Single(key => key.KeyId == Signer.Public.Kid).EndsAt.ShouldBeNull();
    }

    [Fact(Timeout = Timeout)]
    public async Task The_operator_takes_a_new_key_beside_the_running_server_which_goes_over_to_it()
    {
        var customer = await Server.SignUpAsync("ada");
        var (code, output, _) = await KeysAsync("rotate");
        code.ShouldBe(0);
        var kid = output.Trim();
        while (Signer.Public.Kid != kid)
        {
            Server.Time.Advance(KnownKeys.Interval);
            await Task.Delay(10, Cancel);
        }
        KidOf(await TokenAsync(customer)).ShouldBe(kid);
        (await KeysAsync("list")).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Single(line => line.StartsWith(kid, StringComparison.Ordinal)).ShouldEndWith("in use");
    }

    [Theory(Timeout = Timeout)]
    [InlineData]
    [InlineData("make")]
    [InlineData("end")]
    [InlineData("end", "a", "b")]
    public async Task A_wrong_command_says_how_it_is_used(params string[] words)
    {
        var (code, _, errors) = await KeysAsync(words);
        code.ShouldBe(2);
        errors.ShouldStartWith("usage: skytale-server keys");
    }

    [Fact(Timeout = Timeout)]
    public async Task Of_servers_that_replace_one_key_at_once_one_does()
    {
        var now = Server.Time.GetUtcNow();
        var replaced = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => Published.ReplaceAsync(Signer.Public.Kid, new PublishedKey($"new{i}", "x", "y", now), now.AddHours(1), Cancel)));
        replaced.Count(done => done).ShouldBe(1);
        (await Published.ReadAsync(Cancel)).Count(key => key.KeyId.StartsWith("new", StringComparison.Ordinal)).ShouldBe(1);
    }

    private TokenSigner Signer => Server.Host.Services.GetRequiredService<TokenSigner>();

    private IPublishedKeys Published => Server.Host.Services.GetRequiredService<IPublishedKeys>();

    private static string KidOf(string token) => new JsonWebToken(token).Kid;

    private async Task<string> TokenAsync(Customer customer) => (await Server.PostAsync("/tokens", new { agent = "ada" }, customer.ApiKey))["token"];

    /// <summary>Null, or why the relay's check refuses the token.</summary>
    private async Task<ErrorCode?> CheckAsync(string token) =>
        (await Server.Host.Services.GetRequiredService<TokenVerifier>().VerifyAgentTokenAsync(new SecretText(token), "localhost")).Refusal?.Code;

    private async Task<IEnumerable<string>> JwksAsync() =>
        (await Server.SendAsync("/.well-known/jwks.json", null, method: "GET")).Body["keys"]!.AsArray().Select(key => key!["kid"]!.GetValue<string>());

    private async Task<(int Code, string Output, string Errors)> KeysAsync(params string[] words)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        string[] args = [KeyCommands.Name, .. words, $"--SKYTALE_HOME={_folder.Path}", .. _postgres is null ? Array.Empty<string>() : [$"--ConnectionStrings:Postgres={_postgres}"]];
        var code = await KeyCommands.RunAsync(args, output, errors, Server.Time, Cancel);
        return (code, output.ToString(), errors.ToString());
    }
}
