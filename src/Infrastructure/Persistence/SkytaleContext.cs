using Microsoft.EntityFrameworkCore;
using Skytale.Accounts;
using Skytale.Application.Nodes;
using Skytale.Application.Ports;
using Skytale.Audit;
using Skytale.Protocol;

namespace Skytale.Persistence;

/// <summary>The tables, the same on both databases. One subclass a database, because migrations belong to a context type.</summary>
public abstract class SkytaleContext(DbContextOptions options) : DbContext(options)
{
    /// <summary>Columns that count an account's rows, so that a quota is one conditional update.</summary>
    internal const string KeyCount = nameof(KeyCount);
    internal const string AgentCount = nameof(AgentCount);

    public DbSet<Account> Accounts => Set<Account>();
    public DbSet<Org> Orgs => Set<Org>();
    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();
    public DbSet<Agent> Agents => Set<Agent>();
    public DbSet<PublishedKey> TokenKeys => Set<PublishedKey>();
    public DbSet<MadeOnce> MadeOnce => Set<MadeOnce>();
    public DbSet<Revocation> Revocations => Set<Revocation>();
    public DbSet<Administrator> Admins => Set<Administrator>();
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();
    public DbSet<Node> Nodes => Set<Node>();
    public DbSet<LiveConnection> Connections => Set<LiveConnection>();
    public DbSet<KeyPackageLevel> KeyPackageLevels => Set<KeyPackageLevel>();

    /// <summary>Begins a transaction that holds the one lock of which there is one: for migrations, and for what must be in order.</summary>
    internal abstract Task BeginExclusiveAsync(CancellationToken cancellationToken);

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<AccountId>().HaveConversion<Converters.ForAccountId>();
        configurationBuilder.Properties<KeyId>().HaveConversion<Converters.ForKeyId>();
        configurationBuilder.Properties<AdminId>().HaveConversion<Converters.ForAdminId>();
        configurationBuilder.Properties<NodeId>().HaveConversion<Converters.ForNodeId>();
        configurationBuilder.Properties<AuditHash>().HaveConversion<Converters.ForAuditHash>();
        configurationBuilder.Properties<AgentId>().HaveConversion<Converters.ForAgentId>();
        configurationBuilder.Properties<EmailAddress>().HaveConversion<Converters.ForEmailAddress>();
        configurationBuilder.Properties<OrgName>().HaveConversion<Converters.ForOrgName>();
        configurationBuilder.Properties<AgentName>().HaveConversion<Converters.ForAgentName>();
        configurationBuilder.Properties<ScopeSet>().HaveConversion<Converters.ForScopeSet>();
        configurationBuilder.Properties<SecretHash>().HaveConversion<Converters.ForSecretHash>();
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.Entity<Account>(account =>
        {
            account.ToTable("accounts").HasKey(row => row.Id).HasName("pk_accounts");
            account.Property(row => row.Id).HasColumnName("id");
            account.Property(row => row.Email).HasColumnName("email");
            account.Property(row => row.PasswordHash).HasColumnName("password_hash");
            account.Property(row => row.CreatedAt).HasColumnName("created_at");
            account.Property(row => row.SuspendedAt).HasColumnName("suspended_at_ms").HasConversion<Converters.ForMoment>();
            account.Property(row => row.ClosedAt).HasColumnName("closed_at_ms").HasConversion<Converters.ForMoment>();
            account.Property(row => row.TokenGeneration).HasColumnName("token_generation");
            account.Property<int>(KeyCount).HasColumnName("key_count");
            account.Property<int>(AgentCount).HasColumnName("agent_count");
            account.HasIndex(row => row.Email).IsUnique().HasDatabaseName("ux_accounts_email");
        });
        modelBuilder.Entity<Org>(org =>
        {
            org.ToTable("orgs").HasKey(row => row.Name).HasName("pk_orgs");
            org.Property(row => row.Name).HasColumnName("name");
            org.Property(row => row.AccountId).HasColumnName("account_id");
            org.Property(row => row.CreatedAt).HasColumnName("created_at");
            org.HasOne<Account>().WithMany().HasForeignKey(row => row.AccountId).HasConstraintName("fk_orgs_account");
            org.HasIndex(row => row.AccountId).HasDatabaseName("ix_orgs_account_id");
        });
        modelBuilder.Entity<ApiKey>(key =>
        {
            key.ToTable("api_keys").HasKey(row => row.Id).HasName("pk_api_keys");
            key.Property(row => row.Id).HasColumnName("id");
            key.Property(row => row.AccountId).HasColumnName("account_id");
            key.Property(row => row.Label).HasColumnName("label");
            key.Property(row => row.Scopes).HasColumnName("scopes");
            key.Property(row => row.LastUsedAt).HasColumnName("last_used_at_ms").HasConversion<Converters.ForMoment>();
            key.Property(row => row.RevokedAt).HasColumnName("revoked_at_ms").HasConversion<Converters.ForMoment>();
            key.Property(row => row.SecretHash).HasColumnName("secret_hash");
            key.Property(row => row.CreatedAt).HasColumnName("created_at");
            key.HasOne<Account>().WithMany().HasForeignKey(row => row.AccountId).HasConstraintName("fk_api_keys_account");
            key.HasIndex(row => row.AccountId).HasDatabaseName("ix_api_keys_account_id");
        });
        modelBuilder.Entity<Agent>(agent =>
        {
            agent.ToTable("agents").HasKey(row => row.Id).HasName("pk_agents");
            agent.Property(row => row.Id).HasColumnName("id");
            agent.Property(row => row.AccountId).HasColumnName("account_id");
            agent.Property(row => row.Name).HasColumnName("name");
            agent.Property(row => row.CreatedAt).HasColumnName("created_at");
            agent.Property(row => row.RevokedAt).HasColumnName("revoked_at_ms").HasConversion<Converters.ForMoment>();
            agent.HasOne<Account>().WithMany().HasForeignKey(row => row.AccountId).HasConstraintName("fk_agents_account");
            agent.HasIndex(row => new { row.AccountId, row.Name }).IsUnique().HasFilter("revoked_at_ms IS NULL").HasDatabaseName("ux_agents_account_id_name");
        });
        modelBuilder.Entity<PublishedKey>(key =>
        {
            key.ToTable("token_keys").HasKey(row => row.KeyId).HasName("pk_token_keys");
            key.Property(row => row.KeyId).HasColumnName("kid");
            key.Property(row => row.X).HasColumnName("x");
            key.Property(row => row.Y).HasColumnName("y");
            key.Property(row => row.CreatedAt).HasColumnName("created_at_ms").HasConversion<Converters.ForMoment>();
            key.Property(row => row.EndsAt).HasColumnName("ends_at_ms").HasConversion<Converters.ForMoment>();
        });
        modelBuilder.Entity<MadeOnce>(made =>
        {
            made.ToTable("made_once").HasKey(row => new { row.Owner, row.KeyHash }).HasName("pk_made_once");
            made.Property(row => row.Owner).HasColumnName("owner");
            made.Property(row => row.KeyHash).HasColumnName("key_hash");
            made.Property(row => row.Fingerprint).HasColumnName("fingerprint");
            made.Property(row => row.Subject).HasColumnName("subject");
            made.Property(row => row.At).HasColumnName("at_ms").HasConversion<Converters.ForMoment>();
            made.HasIndex(row => row.At).HasDatabaseName("ix_made_once_at_ms");
        });
        modelBuilder.Entity<Revocation>(revocation =>
        {
            revocation.ToTable("revocations").HasKey(row => row.Number).HasName("pk_revocations");
            revocation.Property(row => row.Number).HasColumnName("number").ValueGeneratedNever();
            revocation.Property(row => row.Kind).HasColumnName("kind").HasConversion(kind => kind.ToString().ToLowerInvariant(), text => Enum.Parse<RevokedKind>(text, true));
            revocation.Property(row => row.Subject).HasColumnName("subject");
            revocation.Property(row => row.At).HasColumnName("at_ms").HasConversion<Converters.ForMoment>();
        });
        modelBuilder.Entity<Administrator>(admin =>
        {
            admin.ToTable("admins").HasKey(row => row.Id).HasName("pk_admins");
            admin.Property(row => row.Id).HasColumnName("id");
            admin.Property(row => row.Name).HasColumnName("name");
            admin.Property(row => row.SecretHash).HasColumnName("secret_hash");
            admin.Property(row => row.CreatedAt).HasColumnName("created_at_ms").HasConversion<Converters.ForMoment>();
            admin.Property(row => row.RevokedAt).HasColumnName("revoked_at_ms").HasConversion<Converters.ForMoment>();
        });
        modelBuilder.Entity<AuditEntry>(entry =>
        {
            // Triggers refuse every change but an insertion at the end; the migration makes them.
            entry.ToTable("audit").HasKey(row => row.Seq).HasName("pk_audit");
            entry.Property(row => row.Seq).HasColumnName("seq").ValueGeneratedNever();
            entry.Property(row => row.At).HasColumnName("at_ms").HasConversion<Converters.ForMoment>();
            entry.Property(row => row.Actor).HasColumnName("actor");
            entry.Property(row => row.Act).HasColumnName("act");
            entry.Property(row => row.Target).HasColumnName("target");
            entry.Property(row => row.Reason).HasColumnName("reason");
            entry.Property(row => row.Outcome).HasColumnName("outcome");
            entry.Property(row => row.RequestId).HasColumnName("request_id");
            entry.Property(row => row.Hash).HasColumnName("hash");
        });
        modelBuilder.ApplyConfiguration<Node>(new NodeTables());
        modelBuilder.ApplyConfiguration<LiveConnection>(new NodeTables());
        modelBuilder.ApplyConfiguration<KeyPackageLevel>(new NodeTables());
    }
}
