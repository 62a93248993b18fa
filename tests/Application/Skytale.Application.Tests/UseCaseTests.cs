using System.Diagnostics;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Skytale.Accounts;
using Skytale.Application;
using Skytale.Application.Accounts;
using Skytale.Persistence;
using Skytale.Persistence.Embedded;
using Skytale.Persistence.Postgres;
using Skytale.Protocol;
using Skytale.Security;
using Skytale.Security.Argon2;
using Skytale.Security.Tokens;

namespace Skytale.Tests;

/// <summary>The use cases over the real ports (SQLite, Argon2id, ES256), without the HTTP edge.</summary>
public sealed class UseCaseTests : IAsyncLifetime
{
    private const int Timeout = 60_000;
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow);
    private ServiceProvider _services = null!;

    private IMediator Mediator => _services.GetRequiredService<IMediator>();

    public async ValueTask InitializeAsync()
    {
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(_time)
            .AddSkytaleApplication()
            .AddSkytalePersistence(null, _folder.File("skytale.db"))
            .AddSkytaleSecurity(new Argon2Options(), new TokenOptions { RelayName = "relay" }, _folder.File("token-key.pem"))
            .AddSingleton(new Quota(Keys: 2, Agents: 1))
            .BuildServiceProvider();
        await _services.GetRequiredService<DatabaseMigrator>().MigrateAsync(TestContext.Current.CancellationToken);
        await _services.GetRequiredService<TokenSigner>().KeepAsync([], TestContext.Current.CancellationToken); // As a server does at its start.
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        _folder.Dispose();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_request_of_wrong_shape_is_refused_by_field_before_its_handler()
    {
        var refused = await Mediator.Send(new CreateAccount("nonsense", new SecretText("short"), "Bad Org"), TestContext.Current.CancellationToken);
        refused.Refusal!.Code.ShouldBe(ErrorCode.InvalidRequest);
        refused.Refusal.Fields.Keys.Order().ShouldBe(["email", "org", "password"]);
        _services.GetRequiredService<Argon2Hasher>().Computed.ShouldBe(0);

        var agent = await Mediator.Send(new CreateAgent(default, default, "a", "did:web:x", null), TestContext.Current.CancellationToken);
        agent.Refusal!.Fields.Keys.ShouldBe(["agent_id"]);
    }

    [Fact(Timeout = Timeout)]
    public async Task Quotas_hold_also_between_requests_that_race()
    {
        var account = await SignUpAsync();
        var keys = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Mediator.Send(new CreateKey(account.AccountId, account.AccountToken.Token, null))));
        keys.Count(key => key.IsSuccess).ShouldBe(2);
        keys.Where(key => !key.IsSuccess).ShouldAllBe(key => key.Refusal!.Code == ErrorCode.LimitReached);

        (await CreateAgentAsync(account, "a", new AgentIdentity())).IsSuccess.ShouldBeTrue();
        (await CreateAgentAsync(account, "b", new AgentIdentity())).Refusal!.Code.ShouldBe(ErrorCode.LimitReached);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_refused_agent_takes_nothing_from_the_quota()
    {
        var (first, second) = (await SignUpAsync("a@b.example"), await SignUpAsync("c@d.example"));
        var taken = new AgentIdentity();
        (await CreateAgentAsync(first, "a", taken)).IsSuccess.ShouldBeTrue();
        (await CreateAgentAsync(second, "a", taken)).Refusal!.Code.ShouldBe(ErrorCode.AgentKeyTaken);
        (await CreateAgentAsync(second, "a", new AgentIdentity())).IsSuccess.ShouldBeTrue();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_use_case_is_traced_by_its_name_and_its_refusal_and_nothing_else()
    {
        var seen = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == ApplicationRegistration.ActivitySourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (seen)
                    seen.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(listener);
        using var ours = new Activity("this test").Start();
        await Mediator.Send(new CreateSession("nobody@example.org", new SecretText("whatever it is")), TestContext.Current.CancellationToken);
        Activity activity;
        lock (seen)
            activity = seen.Single(candidate => candidate.ParentId == ours.Id);
        activity.OperationName.ShouldBe(nameof(CreateSession));
        activity.TagObjects.ShouldBe([new KeyValuePair<string, object?>("skytale.refusal", "invalid_credentials")]);
    }

    [Fact]
    public void A_request_prints_no_secret()
    {
        new CreateAccount("a@b.example", new SecretText("correct horse"), null).ToString().ShouldNotContain("horse");
        new CreateToken(new SecretText("sk_live_x"), "a").ToString().ShouldNotContain("sk_live_x");
    }

    [Fact]
    public void The_migrations_of_both_databases_make_the_tables_of_the_model()
    {
        using var embedded = new EmbeddedContext(_folder.File("model.db"));
        embedded.Database.HasPendingModelChanges().ShouldBeFalse();
        using var nowhere = NpgsqlDataSource.Create("Host=not-connected");
        using var postgres = PostgresContext.Of(nowhere);
        postgres.Database.HasPendingModelChanges().ShouldBeFalse();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_database_of_a_newer_version_is_not_touched()
    {
        await using (var context = new EmbeddedContext(_folder.File("skytale.db")))
            await context.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsHistory\" VALUES ('29990101000000_Later', '99')", TestContext.Current.CancellationToken);
        (await Should.ThrowAsync<InvalidDataException>(_services.GetRequiredService<DatabaseMigrator>().MigrateAsync(TestContext.Current.CancellationToken)))
            .Message.ShouldContain("29990101000000_Later");
    }

    private async Task<CreatedAccount> SignUpAsync(string email = "a@b.example") =>
        (await Mediator.Send(new CreateAccount(email, new SecretText("correct horse"), null), TestContext.Current.CancellationToken)).Value;

    private Task<Result<Agent>> CreateAgentAsync(CreatedAccount account, string name, AgentIdentity identity) => Mediator.Send(
        new CreateAgent(account.AccountId, account.AccountToken.Token, name, identity.Id.ToString(), identity.Prove(account.AccountId.ToString(), name)));
}
