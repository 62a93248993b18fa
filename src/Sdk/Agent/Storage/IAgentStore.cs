using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.Agent.Storage;

/// <summary>
/// What an agent must not lose: identity, key packages, and each channel as of its cursor. One process has a store open;
/// calls may come from several threads, one at a time takes effect.
/// </summary>
/// <exception cref="Sdk.SkytaleException">Any member: the store cannot be read or written.</exception>
public interface IAgentStore : IDisposable
{
    /// <summary>The identity key's seed, or null in a new store. For the caller to dispose.</summary>
    Secret? ReadIdentitySeed();

    /// <summary>Key packages whose Welcome has not come. For the caller to dispose.</summary>
    IReadOnlyList<StoredKeyPackage> ReadKeyPackages();

    /// <summary>Channels that this agent was creating when it stopped. For the caller to dispose.</summary>
    IReadOnlyList<ChannelIntent> ReadIntents();

    /// <summary>Channels that this agent waits to join by an invitation. For the caller to dispose.</summary>
    IReadOnlyList<StoredJoin> ReadJoins();

    /// <summary>The invitations that members of a channel know (KnownInvitation). For the caller to dispose.</summary>
    IReadOnlyList<Secret> ReadInvitations(ChannelId channel);

    /// <summary>Channels that this agent is in. For the caller to dispose.</summary>
    IReadOnlyList<StoredChannel> ReadChannels();

    /// <summary>The own ratchets that were stored for an epoch, or null when nothing was sent in it. For the caller to dispose.</summary>
    Secret? ReadSending(ChannelId channel, Epoch epoch);

    /// <summary>This agent's commit that was made in an epoch (MlsGroup.SerializePending), or null. For the caller to dispose.</summary>
    Secret? ReadPending(ChannelId channel, Epoch epoch);

    /// <summary>How old this agent's keys in a channel are, or null where that was not stored.</summary>
    StoredOwnKeys? ReadOwnKeys(ChannelId channel);

    /// <summary>The last epoch of a channel that this agent was in and left, or null: none up to it is ever entered again.</summary>
    Epoch? ReadLeft(ChannelId channel);

    /// <summary>Carries out every change or none; on return they survive a crash of the process and of the machine.</summary>
    void Write(Action<IAgentStoreTransaction> changes);

    /// <summary>
    /// Everything up to a place was acknowledged, up to another shown; neither goes back. On return it survives a crash of the
    /// process; one of the machine may take back the last of them, and then messages are shown again.
    /// </summary>
    void WriteProgress(ChannelId channel, Sequence acknowledged, Sequence shown);
}

/// <summary>The changes of one transaction.</summary>
public interface IAgentStoreTransaction
{
    /// <summary>Once in the life of a store.</summary>
    void PutIdentitySeed(Secret seed);

    /// <summary>A key package that others may use from now on, in the place of one of the same reference.</summary>
    void PutKeyPackage(StoredKeyPackage keyPackage);

    /// <summary>Drops a key package with its keys; there may be none.</summary>
    void RemoveKeyPackage(Opaque reference);

    /// <summary>A channel that this agent begins to create; there is none of its id yet.</summary>
    void PutIntent(ChannelIntent intent);

    /// <summary>The creation has ended, one way or the other.</summary>
    void RemoveIntent(ChannelId channel);

    /// <summary>A join that waits, in the place of an earlier one to the same channel.</summary>
    void PutJoin(StoredJoin join);

    /// <summary>There may be none.</summary>
    void RemoveJoin(ChannelId channel);

    /// <summary>An invitation of a channel that this agent is in, as it is known now; it goes with the channel.</summary>
    void PutInvitation(ChannelId channel, InvitationId id, Secret known);

    /// <summary>There may be none.</summary>
    void RemoveInvitation(ChannelId channel, InvitationId id);

    /// <summary>A channel that this agent has entered, with nothing in it yet; its epoch follows in the same transaction.</summary>
    void AddChannel(ChannelId channel, ChannelName name, Sequence joinedAt);

    /// <summary>The state of the epoch that the cursor is in; sending states and pending commits of earlier epochs go.</summary>
    void PutEpoch(ChannelId channel, Epoch epoch, Secret epochState, Secret receiving);

    /// <summary>The state of the cursor's epoch anew, with what was added to it; nothing happens where the cursor is in another epoch.</summary>
    void PutEpochState(ChannelId channel, Epoch epoch, Secret epochState);

    /// <summary>Whether this agent wants to leave the channel; it goes with the channel.</summary>
    void PutLeaving(ChannelId channel, bool isLeaving);

    /// <summary>The others' ratchets as of the cursor.</summary>
    void PutReceiving(ChannelId channel, Secret receiving);

    /// <summary>The own ratchets of an epoch, which may be ahead of the cursor's.</summary>
    void PutSending(ChannelId channel, Epoch epoch, Secret sending);

    /// <summary>A commit of this agent's that was made in this epoch, which may be ahead of the cursor's; null takes it back.</summary>
    void PutPending(ChannelId channel, Epoch epoch, Secret? pending);

    /// <summary>How old this agent's keys in a channel are; it goes with the channel.</summary>
    void PutOwnKeys(ChannelId channel, StoredOwnKeys keys);

    /// <summary>The place that the ratchets are as of.</summary>
    void PutCursor(ChannelId channel, Sequence cursor);

    /// <summary>Drops a channel with all its keys, and remembers the last epoch that this agent was in.</summary>
    void RemoveChannel(ChannelId channel, Epoch last);
}
