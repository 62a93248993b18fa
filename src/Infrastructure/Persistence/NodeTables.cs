using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Skytale.Application.Nodes;

namespace Skytale.Persistence;

/// <summary>The tables of what nodes tell of themselves.</summary>
internal sealed class NodeTables : IEntityTypeConfiguration<Node>, IEntityTypeConfiguration<LiveConnection>, IEntityTypeConfiguration<KeyPackageLevel>
{
    public void Configure(EntityTypeBuilder<Node> builder)
    {
        builder.ToTable("nodes").HasKey(row => row.Id).HasName("pk_nodes");
        builder.Property(row => row.Id).HasColumnName("id");
        builder.Property(row => row.Host).HasColumnName("host");
        builder.Property(row => row.Version).HasColumnName("version");
        builder.Property(row => row.Roles).HasColumnName("roles");
        builder.Property(row => row.StartedAt).HasColumnName("started_at_ms").HasConversion<Converters.ForMoment>();
        builder.Property(row => row.SeenAt).HasColumnName("seen_at_ms").HasConversion<Converters.ForMoment>();
        builder.Property(row => row.DrainOrderedAt).HasColumnName("drain_ordered_at_ms").HasConversion<Converters.ForMoment>();
        builder.Property(row => row.DrainEndsAt).HasColumnName("drain_ends_at_ms").HasConversion<Converters.ForMoment>();
        builder.OwnsOne(row => row.Figures, figures =>
        {
            figures.Property(row => row.Connections).HasColumnName("connections");
            figures.Property(row => row.Links).HasColumnName("links");
            figures.Property(row => row.Channels).HasColumnName("channels");
            figures.Property(row => row.Messages).HasColumnName("messages");
            figures.Property(row => row.Bytes).HasColumnName("bytes");
            figures.Property(row => row.MessagesPerSecond).HasColumnName("messages_per_second");
            figures.Property(row => row.BytesPerSecond).HasColumnName("bytes_per_second");
            figures.Property(row => row.QueueDepth).HasColumnName("queue_depth");
            figures.Property(row => row.LargestLag).HasColumnName("largest_lag");
        });
    }

    public void Configure(EntityTypeBuilder<LiveConnection> builder)
    {
        builder.ToTable("connections").HasKey(row => row.Id).HasName("pk_connections");
        builder.Property(row => row.Id).HasColumnName("id");
        builder.Property(row => row.NodeId).HasColumnName("node_id");
        builder.Property(row => row.Kind).HasColumnName("kind").HasConversion<string>();
        builder.Property(row => row.Transport).HasColumnName("transport").HasConversion<string>();
        builder.Property(row => row.AgentId).HasColumnName("agent_id");
        builder.Property(row => row.AccountId).HasColumnName("account_id");
        builder.Property(row => row.KeyId).HasColumnName("key_id");
        builder.Property(row => row.Since).HasColumnName("since_ms").HasConversion<Converters.ForMoment>();
        builder.HasIndex(row => row.NodeId).HasDatabaseName("ix_connections_node_id");
        builder.HasIndex(row => row.AgentId).HasDatabaseName("ix_connections_agent_id");
        builder.HasIndex(row => row.AccountId).HasDatabaseName("ix_connections_account_id");
    }

    public void Configure(EntityTypeBuilder<KeyPackageLevel> builder)
    {
        builder.ToTable("key_packages").HasKey(row => new { row.AgentId, row.NodeId }).HasName("pk_key_packages");
        builder.Property(row => row.AgentId).HasColumnName("agent_id");
        builder.Property(row => row.NodeId).HasColumnName("node_id");
        builder.Property(row => row.Left).HasColumnName("left_over");
        builder.Property(row => row.HasLastResort).HasColumnName("has_last_resort");
        builder.HasIndex(row => row.NodeId).HasDatabaseName("ix_key_packages_node_id");
    }
}
