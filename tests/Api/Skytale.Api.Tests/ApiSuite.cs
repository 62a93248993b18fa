using System.Globalization;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Groups;
using Skytale.Protocol;
using Skytale.Security.Argon2;
using Skytale.Security.Tokens;

namespace Skytale.Tests;

/// <summary>The API over HTTPS against a real server; run once on each database.</summary>
public abstract partial class ApiSuite : IAsyncLifetime
{
    private const int Timeout = 60_000;
    private readonly TemporaryFolder _folder = new();
    private string? _postgres;
    private ApiServer? _server;

    private ApiServer Server => _server!;

    /// <summary>A fresh Postgres database, or null for the embedded one.</summary>
    protected abstract Task<string?> CreateDatabaseAsync();

    /// <summary>All that the database holds, as text.</summary>
    protected abstract Task<string> DumpAsync(string? postgres, string dataFolder);

    public async ValueTask InitializeAsync()
    {
        _postgres = await CreateDatabaseAsync();
        _server = await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact(Timeout = Timeout)]
    public async Task The_first_two_flows_end_in_a_token_that_the_relay_accepts()
    {
        var account = await Server.PostAsync("/accounts", new { email = "Ada@Example.org", password = Customer.Password, org = "analytical" });
        account.Status.ShouldBe(201, account.ToString());
        account["org"].ShouldBe("analytical");
        var key = await Server.PostAsync($"/accounts/{account["account_id"]}/keys", new { name = "laptop" }, account["account_token"]);
        key.Status.ShouldBe(201, key.ToString());
        key["api_key"].ShouldStartWith($"sk_live_{key["key_id"]}_");
        var identity = new AgentIdentity();
        var agentId = identity.Id.ToString();
        var agent = await Server.PostAsync($"/accounts/{account["account_id"]}/agents", identity.Registration(account["account_id"], "ada.1"), key["api_key"]);
        agent.Status.ShouldBe(201, agent.ToString());

        foreach (var asked in new[] { "ada.1", agentId })
        {
            var token = await Server.PostAsync("/tokens", new { agent = asked }, key["api_key"]);
            token.Status.ShouldBe(200, token.ToString());
            token["agent_id"].ShouldBe(agentId);
            token.Body["relay"]!["certificate_sha256"]!.GetValue<string>().ShouldBe(Server.Host.Certificate.Sha256);
            DateTimeOffset.Parse(token["expires_at"], CultureInfo.InvariantCulture).ShouldBe(Server.Time.GetUtcNow().AddHours(1), TimeSpan.FromSeconds(1));

            var verified = await RelayVerifier().VerifyAgentTokenAsync(new SecretText(token["token"]), "localhost");
            verified.IsSuccess.ShouldBeTrue();
            verified.Value.AgentId.ToString().ShouldBe(agentId);
            verified.Value.AccountId.ToString().ShouldBe(account["account_id"]);
            verified.Value.KeyId.ToString().ShouldBe(key["key_id"]);
            verified.Value.AgentName.ToString().ShouldBe("ada.1");
            verified.Value.Orgs.Select(org => org.ToString()).ShouldBe(["analytical"]);
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task A_revoked_key_is_listed_as_such_and_gets_no_token()
    {
        var customer = await Server.SignUpAsync("ada");
        Server.Time.Advance(TimeSpan.FromSeconds(1));
        var second = await Server.PostAsync($"/accounts/{customer.Id}/keys", new { name = "laptop" }, customer.Token);
        (await ListedAsync(customer)).ShouldBe([$"{customer.KeyId} ", $"{second["key_id"]} laptop"]);

        (await RevokeAsync(customer, customer.KeyId, customer.Token)).Status.ShouldBe(204);
        (await ListedAsync(customer)).ShouldBe([$"{customer.KeyId} revoked", $"{second["key_id"]} laptop"]);
        (await Server.PostAsync("/tokens", new { agent = "ada" }, customer.ApiKey)).Code.ShouldBe("invalid_credentials");
        (await Server.PostAsync("/tokens", new { agent = "ada" }, second["api_key"])).Status.ShouldBe(200);
        (await RevokeAsync(customer, customer.KeyId, customer.Token)).Code.ShouldBe("not_found");

        var revocation = (await RevocationsAsync()).ShouldHaveSingleItem();
        (revocation.Kind, revocation.Subject).ShouldBe((RevokedKind.Key, customer.KeyId));
        revocation.At.ShouldBe(Server.Time.GetUtcNow(), TimeSpan.FromMilliseconds(1));
    }

    [Fact(Timeout = Timeout)]
    public async Task Keys_are_listed_and_revoked_by_their_own_accounts_token_alone()
    {
        var (customer, other) = (await Server.SignUpAsync(), await Server.SignUpAsync());
        (await RevokeAsync(customer, customer.KeyId, other.Token)).Code.ShouldBe("forbidden");
        (await RevokeAsync(other, customer.KeyId, other.Token)).Code.ShouldBe("not_found");
        (await RevokeAsync(customer, customer.KeyId, customer.ApiKey)).Code.ShouldBe("invalid_token");
        (await RevokeAsync(customer, "no-key-id", customer.Token)).Code.ShouldBe("not_found");
        foreach (var credential in new[] { null, "nonsense", customer.ApiKey, other.Token })
            (await Server.SendAsync($"/accounts/{customer.Id}/keys", null, credential, "GET")).Status.ShouldBeOneOf(401, 403);
        (await ListedAsync(customer)).ShouldHaveSingleItem();
        (await RevocationsAsync()).ShouldBeEmpty();
    }

    [Fact(Timeout = Timeout)]
    public async Task The_list_of_what_was_revoked_is_in_order_forgets_the_old_and_never_its_place()
    {
        var customer = await Server.SignUpAsync();
        for (var i = 1; i <= 3; i++)
        {
            // Each key made in the place of the one before: a revoked key counts for the quota no longer.
            var key = await Server.PostAsync($"/accounts/{customer.Id}/keys", new { }, customer.Token);
            (await RevokeAsync(customer, key["key_id"], customer.Token)).Status.ShouldBe(204);
            (await RevocationsAsync(after: i - 1)).ShouldHaveSingleItem().Number.ShouldBe(i);
        }
        var later = Server.Time.GetUtcNow() + Revocation.Kept + TimeSpan.FromMinutes(1);
        var store = Server.Host.Services.GetRequiredService<IAccountStore>();
        (await store.RevokeKeyAsync(AccountId.Parse(customer.Id), KeyId.Parse(customer.KeyId), later, Cancel)).ShouldBeNull();
        (await RevocationsAsync()).Select(revocation => revocation.Number).ShouldBe([4]);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_revoked_key_makes_room_for_another()
    {
        var store = Server.Host.Services.GetRequiredService<IAccountStore>();
        var customer = await Server.SignUpAsync();
        var account = AccountId.Parse(customer.Id);
        var key = new ApiKey(KeyId.FromRandom(new byte[KeyId.Size]), account, "", ScopeSet.Everything, new SecretHash("x"), Server.Time.GetUtcNow());
        var full = new Quota(Keys: 1);
        (await store.AddKeyAsync(key, full, null, Cancel)).ShouldNotBeNull().Code.ShouldBe(ErrorCode.LimitReached);
        (await RevokeAsync(customer, customer.KeyId, customer.Token)).Status.ShouldBe(204);
        (await store.AddKeyAsync(key, full, null, Cancel)).ShouldBeNull();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<IEnumerable<string>> ListedAsync(Customer customer)
    {
        var listed = await Server.SendAsync($"/accounts/{customer.Id}/keys", null, customer.Token, "GET");
        listed.Status.ShouldBe(200, listed.ToString());
        listed.ToString().ShouldNotContain("hash");
        return listed.Body["keys"]!.AsArray().Select(key => $"{key!["key_id"]} {(key["revoked_at"] is null ? key["name"] : "revoked")}");
    }

    private Task<Answer> RevokeAsync(Customer customer, string keyId, string credential) =>
        Server.SendAsync($"/accounts/{customer.Id}/keys/{keyId}", null, credential, "DELETE");

    private Task<IReadOnlyList<Revocation>> RevocationsAsync(long after = 0) =>
        Server.Host.Services.GetRequiredService<IRevocations>().ReadAsync(after, Cancel);

    [Fact(Timeout = Timeout)]
    public async Task An_account_token_registers_an_agent_too()
    {
        var customer = await Server.SignUpAsync();
        var agent = await Server.PostAsync($"/accounts/{customer.Id}/agents", new AgentIdentity().Registration(customer.Id, "a"), customer.Token);
        agent.Status.ShouldBe(201, agent.ToString());
    }

    [Fact(Timeout = Timeout)]
    public async Task An_agent_is_registered_only_with_its_keys_own_proof_for_this_account_and_name()
    {
        var (customer, other) = (await Server.SignUpAsync(), await Server.SignUpAsync());
        var identity = new AgentIdentity();
        var id = identity.Id.ToString();
        foreach (var proof in new[]
        {
            null,
            "",
            new AgentIdentity().Prove(customer.Id, "a"),
            identity.Prove(other.Id, "a"),
            identity.Prove(customer.Id, "b"),
            identity.Prove(customer.Id, "a", label: LabeledContent.RelayProof),
            identity.Prove(customer.Id, "a")[..^2],
        })
        {
            var refused = await Server.PostAsync($"/accounts/{customer.Id}/agents", new { name = "a", agent_id = id, proof }, customer.Token);
            (refused.Status, refused.Code).ShouldBe((403, "invalid_proof"), proof);
        }
        var malformed = await Server.PostAsync($"/accounts/{customer.Id}/agents", new { name = "a", agent_id = id, proof = "no base64url!" }, customer.Token);
        (malformed.Status, malformed.Code).ShouldBe((422, "invalid_request"));
        malformed.Body["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["proof"]);
        (await Server.PostAsync($"/accounts/{customer.Id}/agents", identity.Registration(customer.Id, "a"), customer.Token)).Status.ShouldBe(201);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_password_opens_a_session_and_a_wrong_one_or_an_unknown_address_answers_the_same()
    {
        var customer = await Server.SignUpAsync();
        var session = await Server.PostAsync("/sessions", new { email = customer.Email.ToUpperInvariant(), password = Customer.Password });
        session.Status.ShouldBe(201, session.ToString());
        (await Server.PostAsync($"/accounts/{customer.Id}/keys", new { }, session["account_token"])).Status.ShouldBe(201);

        var hasher = Server.Host.Services.GetRequiredService<Argon2Hasher>();
        var before = hasher.Computed;
        var wrong = await Server.PostAsync("/sessions", new { email = customer.Email, password = "wrong horse battery" });
        var afterWrong = hasher.Computed;
        var unknown = await Server.PostAsync("/sessions", new { email = "nobody@example.org", password = "wrong horse battery" });
        wrong.Status.ShouldBe(401);
        wrong.Code.ShouldBe("invalid_credentials");
        unknown.WithoutRequestId().ShouldBe(wrong.WithoutRequestId());
        (afterWrong - before, hasher.Computed - afterWrong).ShouldBe((1, 1));
        (await Server.PostAsync("/sessions", new { email = customer.Email, password = Customer.Password })).Status.ShouldBe(201);
        (hasher.Computed - afterWrong).ShouldBe(2, "a right one costs as much");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_key_that_is_unknown_wrong_or_revoked_computes_one_hash_as_a_right_one_does_and_is_answered_the_same()
    {
        var customer = await Server.SignUpAsync("a");
        var other = await Server.SignUpAsync();
        var wrongSecret = customer.ApiKey[..(customer.ApiKey.LastIndexOf('_') + 1)] + other.ApiKey[(other.ApiKey.LastIndexOf('_') + 1)..];
        var unknownId = "sk_live_" + new string('0', 26) + customer.ApiKey[customer.ApiKey.LastIndexOf('_')..];

        var hasher = Server.Host.Services.GetRequiredService<Argon2Hasher>();
        var before = hasher.Computed;
        var wrong = await Server.PostAsync("/tokens", new { agent = "a" }, wrongSecret);
        var afterWrong = hasher.Computed;
        var unknown = await Server.PostAsync("/tokens", new { agent = "a" }, unknownId);
        var afterUnknown = hasher.Computed;
        (await Server.PostAsync("/tokens", new { agent = "a" }, customer.ApiKey)).Status.ShouldBe(200);
        var afterRight = hasher.Computed;
        (await RevokeAsync(customer, customer.KeyId, customer.Token)).Status.ShouldBe(204);
        var revoked = await Server.PostAsync("/tokens", new { agent = "a" }, customer.ApiKey);
        (afterWrong - before, afterUnknown - afterWrong, afterRight - afterUnknown, hasher.Computed - afterRight).ShouldBe((1, 1, 1, 1));
        revoked.WithoutRequestId().ShouldBe(wrong.WithoutRequestId());
        wrong.Status.ShouldBe(401);
        wrong.Code.ShouldBe("invalid_credentials");
        unknown.WithoutRequestId().ShouldBe(wrong.WithoutRequestId());
        (await Server.PostAsync("/tokens", new { agent = "a" }, "sk_live_nonsense")).WithoutRequestId().ShouldBe(wrong.WithoutRequestId());
    }

    [Fact(Timeout = Timeout)]
    public async Task A_credential_of_another_account_is_forbidden()
    {
        var ours = await Server.SignUpAsync("a");
        var theirs = await Server.SignUpAsync();
        foreach (var (path, bearer) in new[] { ($"/accounts/{theirs.Id}/keys", ours.Token), ($"/accounts/{AccountId.FromRandom(new byte[16])}/keys", ours.Token), ("/accounts/nonsense/keys", ours.Token) })
        {
            var refused = await Server.PostAsync(path, new { }, bearer);
            (refused.Status, refused.Code).ShouldBe((403, "forbidden"), path);
        }
        foreach (var bearer in new[] { ours.Token, ours.ApiKey })
        {
            var refused = await Server.PostAsync($"/accounts/{theirs.Id}/agents", new AgentIdentity().Registration(theirs.Id, "x"), bearer);
            (refused.Status, refused.Code).ShouldBe((403, "forbidden"));
        }
        var anothersAgent = await Server.PostAsync("/tokens", new { agent = "a" }, theirs.ApiKey);
        (anothersAgent.Status, anothersAgent.Code).ShouldBe((404, "unknown_agent"));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_token_is_never_exchanged_for_a_token_and_a_key_makes_no_key()
    {
        var customer = await Server.SignUpAsync("a");
        var exchanged = await Server.PostAsync("/tokens", new { agent = "a" }, customer.Token);
        (exchanged.Status, exchanged.Code).ShouldBe((401, "invalid_credentials"));
        var made = await Server.PostAsync($"/accounts/{customer.Id}/keys", new { }, customer.ApiKey);
        (made.Status, made.Code).ShouldBe((401, "invalid_token"));
    }

    [Fact(Timeout = Timeout)]
    public async Task An_account_token_expires_after_a_quarter_of_an_hour()
    {
        var customer = await Server.SignUpAsync();
        Server.Time.Advance(TimeSpan.FromMinutes(14));
        (await Server.PostAsync($"/accounts/{customer.Id}/keys", new { }, customer.Token)).Status.ShouldBe(201);
        Server.Time.Advance(TimeSpan.FromMinutes(1) + TokenVerifier.ClockSkew);
        var expired = await Server.PostAsync($"/accounts/{customer.Id}/keys", new { }, customer.Token);
        (expired.Status, expired.Code).ShouldBe((401, "expired_token"));
    }

    [Fact(Timeout = Timeout)]
    public async Task Names_and_keys_that_are_taken_are_refused_and_nothing_is_half_written()
    {
        var customer = await Server.SignUpAsync();
        var id = new AgentIdentity();
        (await Server.PostAsync($"/accounts/{customer.Id}/agents", id.Registration(customer.Id, "a"), customer.Token)).Status.ShouldBe(201);

        await Refused("/accounts", new { email = customer.Email, password = Customer.Password }, null, "email_taken");
        await Refused("/accounts", new { email = "free@example.org", password = Customer.Password, org = customer.Org }, null, "org_taken");
        await Refused($"/accounts/{customer.Id}/agents", new AgentIdentity().Registration(customer.Id, "a"), customer.Token, "agent_name_taken");
        await Refused($"/accounts/{customer.Id}/agents", id.Registration(customer.Id, "b"), customer.Token, "agent_key_taken");

        // The account of the refused organisation was not stored, the name of the refused agent is free.
        (await Server.PostAsync("/accounts", new { email = "free@example.org", password = Customer.Password })).Status.ShouldBe(201);
        (await Server.PostAsync($"/accounts/{customer.Id}/agents", new AgentIdentity().Registration(customer.Id, "b"), customer.Token)).Status.ShouldBe(201);

        async Task Refused(string path, object body, string? bearer, string code)
        {
            var answer = await Server.PostAsync(path, body, bearer);
            (answer.Status, answer.Code).ShouldBe((409, code));
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task Of_racing_requests_for_one_name_one_wins()
    {
        var signUps = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Server.PostAsync("/accounts", new { email = "race@example.org", password = Customer.Password })));
        signUps.Select(answer => answer.Status).Order().ShouldBe([201, 409, 409, 409, 409, 409, 409, 409]);
        var customer = await Server.SignUpAsync();
        var agents = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Server.PostAsync($"/accounts/{customer.Id}/agents", new AgentIdentity().Registration(customer.Id, "one"), customer.Token)));
        agents.Select(answer => answer.Status).Order().ShouldBe([201, 409, 409, 409, 409, 409, 409, 409]);
        agents.Where(answer => answer.Status == 409).ShouldAllBe(answer => answer.Code == "agent_name_taken");
    }

    [Fact(Timeout = Timeout)]
    public async Task A_restart_keeps_everything_and_raised_parameters_rehash_on_use()
    {
        var customer = await Server.SignUpAsync("a");
        var fingerprint = Server.Host.Certificate.Sha256;
        await Server.DisposeAsync();
        _server = await StartAsync("--Argon2:Passes=3");

        Server.Host.Certificate.Sha256.ShouldBe(fingerprint);
        (await Server.PostAsync("/tokens", new { agent = "a" }, customer.ApiKey)).Status.ShouldBe(200);
        (await DumpAsync(_postgres, Server.Host.Options.Data)).ShouldContain("m=19456,t=3,p=1");
        (await Server.PostAsync("/tokens", new { agent = "a" }, customer.ApiKey)).Status.ShouldBe(200);
        (await Server.PostAsync("/sessions", new { email = customer.Email, password = Customer.Password })).Status.ShouldBe(201);
        (await Server.PostAsync("/sessions", new { email = customer.Email, password = Customer.Password })).Status.ShouldBe(201);
        (await Server.PostAsync($"/accounts/{customer.Id}/keys", new { }, customer.Token)).Status.ShouldBe(201, "the signing key is the same");
    }

    [Fact(Timeout = Timeout)]
    public async Task Servers_that_start_together_migrate_once()
    {
        var database = await CreateDatabaseAsync();
        var home = _folder.File("together");
        var servers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => ApiServer.StartAsync(home, database, "--Roles=api")));
        foreach (var server in servers)
        {
            (await server.SignUpAsync("a")).ApiKey.ShouldNotBeEmpty();
            await server.DisposeAsync();
        }
    }

    /// <summary>The API alone, unless other roles are asked for: it starts sooner, and most tests are about it.</summary>
    /// <summary>The server from now on, with the other roles too.</summary>
    private async Task WithAllRolesAsync()
    {
        await Server.DisposeAsync();
        _server = await StartAsync("--Roles=api,relay,slim");
    }

    private Task<ApiServer> StartAsync(params string[] settings) => ApiServer.StartAsync(_folder.Path, _postgres, ["--Roles=api", .. settings]);

    /// <summary>What a relay makes of the published keys alone.</summary>
    private TokenVerifier RelayVerifier() =>
        new("skytale", [Server.Host.Services.GetRequiredService<TokenSigner>().Public], Server.Time);
}

public sealed class EmbeddedApiTests : ApiSuite
{
    protected override Task<string?> CreateDatabaseAsync() => Task.FromResult<string?>(null);

    protected override async Task<string> DumpAsync(string? postgres, string dataFolder)
    {
        var text = new StringBuilder();
        // All that is there but the keys themselves, which nobody copies with a database: the channels' log too.
        foreach (var path in Directory.GetFiles(dataFolder, "*", SearchOption.AllDirectories).Where(path => Path.GetExtension(path) != ".pem"))
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file, Encoding.Latin1);
            text.Append(await reader.ReadToEndAsync());
        }
        return text.ToString();
    }
}

[Trait("Category", "Slow")]
public sealed class PostgresApiTests(PostgresServer server) : ApiSuite
{
    protected override async Task<string?> CreateDatabaseAsync()
    {
        if (PostgresCluster.Missing is { } reason)
            Assert.Skip(reason);
        return await server.CreateDatabaseAsync();
    }

    protected override Task<string> DumpAsync(string? postgres, string dataFolder) => server.DumpAsync(postgres!);
}
