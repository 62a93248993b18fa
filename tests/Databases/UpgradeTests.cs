using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Persistence;
using Skytale.Persistence.Embedded;
using Skytale.Persistence.Postgres;
using Skytale.Protocol;
using Skytale.Security.Argon2;
using Skytale.Security.Tokens;
using Skytale.Tests;

namespace Skytale.Databases.Tests;

/// <summary>A database that has been there since the first schema, brought up to the last: who was a customer then is one now.</summary>
public sealed class UpgradeTests(PostgresServer postgres) : IDisposable
{
    private const int Timeout = 120_000;

    /// <summary>Of whole milliseconds, and recent: servers forget some of what is old.</summary>
    private static readonly DateTimeOffset s_day = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.AddHours(-2).ToUnixTimeMilliseconds());

    private readonly TemporaryFolder _folder = new();
    private readonly AccountId _account = AccountId.FromRandom(RandomNumberGenerator.GetBytes(AccountId.Size));
    private readonly ApiKeySecret _key = ApiKeySecret.FromRandom(
        KeyId.FromRandom(RandomNumberGenerator.GetBytes(KeyId.Size)), RandomNumberGenerator.GetBytes(ApiKeySecret.SecretSize));
    private readonly AgentId _agent = new AgentIdentity().Id;
    private readonly KeyId _revoked = KeyId.FromRandom(RandomNumberGenerator.GetBytes(KeyId.Size));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory(Timeout = Timeout)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Rows_of_every_schema_are_served_under_the_last(bool isPostgres)
    {
        if (isPostgres)
            Assert.SkipWhen(PostgresCluster.Missing is not null, PostgresCluster.Missing ?? "");
        var database = isPostgres ? await postgres.CreateDatabaseAsync() : null;
        var signedWith = await FillAsync(database);

        await using var server = await ApiServer.StartAsync(_folder.Path, database, "--Roles=api");
        var services = server.Host.Services;
        var store = services.GetRequiredService<IAccountStore>();

        // The account is served, its quota counts on, its password and its key are what they were.
        var account = (await store.FindAccountAsync(EmailAddress.Parse("ada@example.org"), Cancel)).ShouldNotBeNull();
        (account.Id, account.CreatedAt, account.State, account.TokenGeneration).ShouldBe((_account, s_day, AccountState.Active, 0));
        (await services.GetRequiredService<IOverview>().AccountAsync(_account, Cancel)).ShouldNotBeNull().ShouldSatisfyAllConditions(
            seen => seen.Keys.ShouldBe(1),
            seen => seen.Agents.ShouldBe(1));
        (await store.OrgsOfAsync(_account, Cancel)).Select(org => org.ToString()).ShouldBe(["analytical"]);
        (await server.PostAsync("/sessions", new { email = "ada@example.org", password = Customer.Password })).Status.ShouldBe(201);
        var token = await server.PostAsync("/tokens", new { agent = "ada" }, _key.Reveal());
        token.Status.ShouldBe(200, token.ToString());
        token["agent_id"].ShouldBe(_agent.ToString());

        // A key from before there were scopes allows what it allowed: everything. It was used now for the first time that is known.
        var key = (await store.KeysOfAsync(_account, Cancel)).ShouldHaveSingleItem();
        (key.Id, key.Label, key.Scopes, key.CreatedAt, key.RevokedAt).ShouldBe((_key.KeyId, "laptop", ScopeSet.Everything, s_day, null));
        key.LastUsedAt.ShouldNotBeNull().ShouldBe(server.Time.GetUtcNow(), TimeSpan.FromMinutes(1));

        // The agent was not revoked, and its name is free once it is.
        (await store.AgentsOfAsync(_account, 0, 10, Cancel)).ShouldHaveSingleItem().ShouldBe(new Accounts.Agent(_agent, _account, AgentName.Parse("ada"), s_day));
        (await store.RevokeAgentAsync(_account, _agent, server.Time.GetUtcNow(), Cancel)).ShouldBeNull();
        (await store.AddAgentAsync(new Accounts.Agent(new AgentIdentity().Id, _account, AgentName.Parse("ada"), s_day), new Quota(), null, Cancel)).ShouldBeNull();

        // What came with later schemas.
        (await services.GetRequiredService<IRevocations>().ReadAsync(0, Cancel))[0].ShouldBe(new Revocation(1, RevokedKind.Key, _revoked.ToString(), s_day));
        (await store.FindMadeAsync(new Once("o", "k", "f"), Cancel)).ShouldBe(new MadeOnce("o", "k", "f", "s", s_day));
        (await services.GetRequiredService<IPublishedKeys>().ReadAsync(Cancel)).ShouldHaveSingleItem().KeyId.ShouldBe(signedWith);
        services.GetRequiredService<TokenSigner>().Public.Kid.ShouldBe(signedWith);
        (await services.GetRequiredService<IAdminStore>().AdminsAsync(Cancel)).ShouldBeEmpty();
        (await server.CreateAdminAsync()).ShouldStartWith("sk_admin_");
    }

    /// <summary>Goes from schema to schema, putting into each what its servers would have; the key of tokens.</summary>
    private async Task<string> FillAsync(string? database)
    {
        Directory.CreateDirectory(_folder.File("server"));
        using var hasher = new Argon2Hasher(new Argon2Options());
        var password = (await hasher.HashAsync(new SecretText(Customer.Password), Cancel)).Value.Phc;
        var secret = (await hasher.HashAsync(_key.Secret, Cancel)).Value.Phc;
        using var tokenKey = TokenSigningKey.LoadOrCreate(Path.Combine(_folder.File("server"), "token-key.pem"));
        var (day, ms) = (s_day.ToString("yyyy-MM-dd HH:mm:ss.fffzzz", CultureInfo.InvariantCulture), s_day.ToUnixTimeMilliseconds());

        await using var connections = database is null ? null : NpgsqlDataSource.Create(database + ";Pooling=false");
        await using SkytaleContext context = connections is null ? new EmbeddedContext(Path.Combine(_folder.File("server"), "skytale.db")) : PostgresContext.Of(connections);
        var migrator = context.GetService<IMigrator>();
        var schemas = context.Database.GetMigrations().ToList();

        await migrator.MigrateAsync(schemas[0], Cancel);
        await InsertAsync($"INSERT INTO accounts (id, email, password_hash, created_at, agent_count, key_count) VALUES ('{_account}', 'ada@example.org', '{password}', '{day}', 1, 1)");
        await InsertAsync($"INSERT INTO orgs (name, account_id, created_at) VALUES ('analytical', '{_account}', '{day}')");
        await InsertAsync($"INSERT INTO api_keys (id, account_id, label, secret_hash, created_at) VALUES ('{_key.KeyId}', '{_account}', 'laptop', '{secret}', '{day}')");
        await InsertAsync($"INSERT INTO agents (id, account_id, name, created_at) VALUES ('{_agent}', '{_account}', 'ada', '{day}')");

        await migrator.MigrateAsync(schemas[1], Cancel);
        await InsertAsync($"INSERT INTO revocations (number, kind, subject, at_ms) VALUES (1, 'key', '{_revoked}', {ms})");

        await migrator.MigrateAsync(schemas[2], Cancel);
        await InsertAsync($"INSERT INTO made_once (owner, key_hash, fingerprint, subject, at_ms) VALUES ('o', 'k', 'f', 's', {ms})");
        var (kid, x, y) = (tokenKey.Public.Kid, tokenKey.Public.X, tokenKey.Public.Y);
        await InsertAsync($"INSERT INTO token_keys (kid, x, y, created_at_ms) VALUES ('{kid}', '{x}', '{y}', {ms})");
        return kid;

        Task InsertAsync(string sql) => context.Database.ExecuteSqlRawAsync(sql, Cancel);
    }
}
