using Skytale.Agent.Storage;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.SqlCipher;

/// <summary>One transaction's changes as statements.</summary>
internal sealed class SqlCipherTransaction(Statements statements, ProgressWriter progress) : IAgentStoreTransaction
{
    public void PutIdentitySeed(Secret seed) =>
        Run("INSERT INTO identity (only, seed) VALUES (1, $seed)", ("$seed", seed));

    public void PutKeyPackage(StoredKeyPackage keyPackage) => Run(
        "INSERT OR REPLACE INTO key_packages (reference, bundle, not_after, last_resort) VALUES ($reference, $bundle, $notAfter, $lastResort)",
        ("$reference", keyPackage.Reference), ("$bundle", keyPackage.Bundle), ("$notAfter", keyPackage.NotAfter.ToUnixTimeSeconds()), ("$lastResort", keyPackage.LastResort ? 1L : 0L));

    public void RemoveKeyPackage(Opaque reference) =>
        Run("DELETE FROM key_packages WHERE reference = $reference", ("$reference", reference));

    public void PutIntent(ChannelIntent intent) => Run(
        "INSERT INTO intents (channel_id, name, bundle, group_info, welcome) VALUES ($channel, $name, $bundle, $groupInfo, $welcome)",
        ("$channel", intent.Channel), ("$name", intent.Name.ToString()), ("$bundle", intent.Bundle), ("$groupInfo", intent.GroupInfo), ("$welcome", intent.Welcome));

    public void RemoveIntent(ChannelId channel) =>
        Run("DELETE FROM intents WHERE channel_id = $channel", ("$channel", channel));

    public void AddChannel(ChannelId channel, ChannelName name, Sequence joinedAt)
    {
        Run("INSERT INTO channels (channel_id, name, joined_at, cursor) VALUES ($channel, $name, $at, $at)",
            ("$channel", channel), ("$name", name.ToString()), ("$at", (long)joinedAt.Value));
        Run("INSERT INTO progress (channel_id, acknowledged, shown) VALUES ($channel, $at, $at)", ("$channel", channel), ("$at", (long)joinedAt.Value));
        progress.Forget();
    }

    public void PutJoin(StoredJoin join) => Run(
        "INSERT OR REPLACE INTO joins (channel_id, invitation, key_package) VALUES ($channel, $invitation, $keyPackage)",
        ("$channel", join.Channel), ("$invitation", join.Invitation), ("$keyPackage", join.KeyPackage));

    public void RemoveJoin(ChannelId channel) => Run("DELETE FROM joins WHERE channel_id = $channel", ("$channel", channel));

    public void PutInvitation(ChannelId channel, InvitationId id, Secret known) => Run(
        "INSERT INTO invitations (channel_id, invitation_id, known) VALUES ($channel, $id, $known) ON CONFLICT DO UPDATE SET known = excluded.known",
        ("$channel", channel), ("$id", id.ToBytes()), ("$known", known));

    public void RemoveInvitation(ChannelId channel, InvitationId id) =>
        Run("DELETE FROM invitations WHERE channel_id = $channel AND invitation_id = $id", ("$channel", channel), ("$id", id.ToBytes()));

    public void PutEpoch(ChannelId channel, Epoch epoch, Secret epochState, Secret receiving)
    {
        Run("UPDATE channels SET epoch = $epoch, epoch_state = $state, receiving = $receiving WHERE channel_id = $channel",
            ("$channel", channel), ("$epoch", (long)epoch.Value), ("$state", epochState), ("$receiving", receiving));
        Run("DELETE FROM sending WHERE channel_id = $channel AND epoch < $epoch", ("$channel", channel), ("$epoch", (long)epoch.Value));
        Run("DELETE FROM pending WHERE channel_id = $channel AND epoch < $epoch", ("$channel", channel), ("$epoch", (long)epoch.Value));
    }

    public void PutEpochState(ChannelId channel, Epoch epoch, Secret epochState) => Run(
        "UPDATE channels SET epoch_state = $state WHERE channel_id = $channel AND epoch = $epoch",
        ("$channel", channel), ("$epoch", (long)epoch.Value), ("$state", epochState));

    public void PutLeaving(ChannelId channel, bool isLeaving) =>
        Run("UPDATE channels SET leaving = $leaving WHERE channel_id = $channel", ("$channel", channel), ("$leaving", isLeaving ? 1L : 0L));

    public void PutReceiving(ChannelId channel, Secret receiving) =>
        Run("UPDATE channels SET receiving = $receiving WHERE channel_id = $channel", ("$channel", channel), ("$receiving", receiving));

    public void PutSending(ChannelId channel, Epoch epoch, Secret sending) => Run(
        "INSERT INTO sending (channel_id, epoch, state) VALUES ($channel, $epoch, $state) ON CONFLICT DO UPDATE SET state = excluded.state",
        ("$channel", channel), ("$epoch", (long)epoch.Value), ("$state", sending));

    public void PutPending(ChannelId channel, Epoch epoch, Secret? pending)
    {
        if (pending is null)
            Run("DELETE FROM pending WHERE channel_id = $channel AND epoch = $epoch", ("$channel", channel), ("$epoch", (long)epoch.Value));
        else
            Run("INSERT INTO pending (channel_id, epoch, state) VALUES ($channel, $epoch, $state) ON CONFLICT DO UPDATE SET state = excluded.state",
                ("$channel", channel), ("$epoch", (long)epoch.Value), ("$state", pending));
    }

    public void PutOwnKeys(ChannelId channel, StoredOwnKeys keys) => Run(
        "INSERT INTO own_keys (channel_id, epoch, since, sent) VALUES ($channel, $epoch, $since, $sent) ON CONFLICT DO UPDATE SET epoch = excluded.epoch, since = excluded.since, sent = excluded.sent",
        ("$channel", channel), ("$epoch", (long)keys.Epoch.Value), ("$since", keys.Since.ToUnixTimeSeconds()), ("$sent", (long)keys.Sent));

    public void PutCursor(ChannelId channel, Sequence cursor) =>
        Run("UPDATE channels SET cursor = $cursor WHERE channel_id = $channel", ("$channel", channel), ("$cursor", (long)cursor.Value));

    public void RemoveChannel(ChannelId channel, Epoch last)
    {
        Run("DELETE FROM channels WHERE channel_id = $channel", ("$channel", channel));
        Run("INSERT INTO left_channels (channel_id, epoch) VALUES ($channel, $epoch) ON CONFLICT DO UPDATE SET epoch = max(epoch, excluded.epoch)",
            ("$channel", channel), ("$epoch", (long)last.Value));
        progress.Forget();
    }

    private void Run(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var statement = statements.For(sql);
        foreach (var (name, value) in parameters)
        {
            switch (value)
            {
                case Secret secret:
                    statement.Bind(name, secret.Span);
                    break;
                case Opaque opaque:
                    statement.Bind(name, opaque.Span);
                    break;
                case ChannelId channel:
                    statement.Bind(name, channel.Bytes.Span);
                    break;
                case byte[] bytes:
                    statement.Bind(name, bytes);
                    break;
                case string text:
                    statement.Bind(name, text);
                    break;
                case long number:
                    statement.Bind(name, number);
                    break;
                default:
                    throw new InvalidOperationException($"No column takes {value}.");
            }
        }
        statement.Run();
    }
}
