using Skytale.Agent.Storage;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.Conformance.AgentStore;

/// <summary>An agent's store that lives as long as its object: for simulations and tests. A transaction works on a copy, which replaces the whole when it succeeds.</summary>
public sealed class InMemoryAgentStore : IAgentStore
{
    private readonly Lock _gate = new();
    private State _state = new();

    public Secret? ReadIdentitySeed() => Read(state => state.Seed is { } seed ? Secret.Copy(seed.Span) : null);

    public IReadOnlyList<StoredKeyPackage> ReadKeyPackages() =>
        Read(state => state.KeyPackages.Values.Select(stored => stored with { Bundle = Secret.Copy(stored.Bundle.Span) }).ToList());

    public IReadOnlyList<ChannelIntent> ReadIntents() =>
        Read(state => state.Intents.Values.Select(intent => intent with { Bundle = Secret.Copy(intent.Bundle.Span) }).ToList());

    public IReadOnlyList<StoredJoin> ReadJoins() =>
        Read(state => state.Joins.Values.Select(join => join with { Invitation = Secret.Copy(join.Invitation.Span) }).ToList());

    public IReadOnlyList<Secret> ReadInvitations(ChannelId channel) =>
        Read(state => state.Invitations.Where(known => known.Key.Item1 == channel).Select(known => Secret.Copy(known.Value.Span)).ToList());

    public IReadOnlyList<StoredChannel> ReadChannels() => Read(state => state.Channels.Values.Select(Copy).ToList());

    public Secret? ReadSending(ChannelId channel, Epoch epoch) =>
        Read(state => state.Sending.TryGetValue((channel, epoch), out var sending) ? Secret.Copy(sending.Span) : null);

    public Secret? ReadPending(ChannelId channel, Epoch epoch) =>
        Read(state => state.Pending.TryGetValue((channel, epoch), out var pending) ? Secret.Copy(pending.Span) : null);

    public StoredOwnKeys? ReadOwnKeys(ChannelId channel) => Read(state => state.OwnKeys.TryGetValue(channel, out var keys) ? keys : (StoredOwnKeys?)null);

    public Epoch? ReadLeft(ChannelId channel) => Read(state => state.Left.TryGetValue(channel, out var last) ? last : (Epoch?)null);

    public void Write(Action<IAgentStoreTransaction> changes)
    {
        lock (_gate)
        {
            var copy = new State(_state);
            changes(copy);
            _state = copy;
        }
    }

    public void WriteProgress(ChannelId channel, Sequence acknowledged, Sequence shown) =>
        Write(transaction => ((State)transaction).PutProgress(channel, acknowledged, shown));

    public void Dispose()
    {
        // The state goes with the object; its secrets are shared between copies and zeroed by their finalisers.
    }

    private T Read<T>(Func<State, T> read)
    {
        lock (_gate)
            return read(_state);
    }

    private static StoredChannel Copy(StoredChannel stored) => stored with
    {
        EpochState = Secret.Copy(stored.EpochState.Span),
        Receiving = Secret.Copy(stored.Receiving.Span),
    };

    private sealed class State : IAgentStoreTransaction
    {
        public State()
        {
        }

        public State(State other)
        {
            Seed = other.Seed;
            KeyPackages = new(other.KeyPackages);
            Intents = new(other.Intents);
            Channels = new(other.Channels);
            Sending = new(other.Sending);
            Left = new(other.Left);
            Pending = new(other.Pending);
            Joins = new(other.Joins);
            Invitations = new(other.Invitations);
            OwnKeys = new(other.OwnKeys);
        }

        public Secret? Seed { get; private set; }

        public Dictionary<Opaque, StoredKeyPackage> KeyPackages { get; } = [];

        public Dictionary<ChannelId, ChannelIntent> Intents { get; } = [];

        public Dictionary<ChannelId, StoredChannel> Channels { get; } = [];

        public Dictionary<(ChannelId, Epoch), Secret> Sending { get; } = [];

        public Dictionary<ChannelId, Epoch> Left { get; } = [];

        public Dictionary<(ChannelId, Epoch), Secret> Pending { get; } = [];

        public Dictionary<ChannelId, StoredJoin> Joins { get; } = [];

        public Dictionary<(ChannelId, InvitationId), Secret> Invitations { get; } = [];

        public Dictionary<ChannelId, StoredOwnKeys> OwnKeys { get; } = [];

        public void PutIdentitySeed(Secret seed) =>
            Seed = Seed is null ? Secret.Copy(seed.Span) : throw new InvalidOperationException("The store has an identity.");

        public void PutKeyPackage(StoredKeyPackage keyPackage) =>
            KeyPackages[keyPackage.Reference] = keyPackage with { Bundle = Secret.Copy(keyPackage.Bundle.Span) };

        public void RemoveKeyPackage(Opaque reference) => KeyPackages.Remove(reference);

        public void PutIntent(ChannelIntent intent) => Intents.Add(intent.Channel, intent with { Bundle = Secret.Copy(intent.Bundle.Span) });

        public void RemoveIntent(ChannelId channel) => Intents.Remove(channel);

        public void PutJoin(StoredJoin join) => Joins[join.Channel] = join with { Invitation = Secret.Copy(join.Invitation.Span) };

        public void RemoveJoin(ChannelId channel) => Joins.Remove(channel);

        public void PutInvitation(ChannelId channel, InvitationId id, Secret known)
        {
            if (!Channels.ContainsKey(channel))
                throw new InvalidOperationException("The store has no such channel.");
            Invitations[(channel, id)] = Secret.Copy(known.Span);
        }

        public void RemoveInvitation(ChannelId channel, InvitationId id) => Invitations.Remove((channel, id));

        public void AddChannel(ChannelId channel, ChannelName name, Sequence joinedAt) => Channels.Add(channel, new StoredChannel
        {
            Channel = channel,
            Name = name,
            JoinedAt = joinedAt,
            Cursor = joinedAt,
            Acknowledged = joinedAt,
            Shown = joinedAt,
            Epoch = default,
            EpochState = Secret.Zero(0),
            Receiving = Secret.Zero(0),
        });

        public void PutEpoch(ChannelId channel, Epoch epoch, Secret epochState, Secret receiving)
        {
            Change(channel, stored => stored with { Epoch = epoch, EpochState = Secret.Copy(epochState.Span), Receiving = Secret.Copy(receiving.Span) });
            Forget(Sending, key => key.Channel == channel && key.Epoch < epoch);
            Forget(Pending, key => key.Channel == channel && key.Epoch < epoch);
        }

        public void PutEpochState(ChannelId channel, Epoch epoch, Secret epochState) =>
            Change(channel, stored => stored.Epoch == epoch ? stored with { EpochState = Secret.Copy(epochState.Span) } : stored);

        public void PutLeaving(ChannelId channel, bool isLeaving) => Change(channel, stored => stored with { IsLeaving = isLeaving });

        public void PutReceiving(ChannelId channel, Secret receiving) => Change(channel, stored => stored with { Receiving = Secret.Copy(receiving.Span) });

        public void PutSending(ChannelId channel, Epoch epoch, Secret sending) => Sending[(channel, epoch)] = Secret.Copy(sending.Span);

        public void PutPending(ChannelId channel, Epoch epoch, Secret? pending)
        {
            if (pending is null)
                Pending.Remove((channel, epoch));
            else
                Pending[(channel, epoch)] = Secret.Copy(pending.Span);
        }

        public void PutOwnKeys(ChannelId channel, StoredOwnKeys keys) =>
            OwnKeys[channel] = keys with { Since = DateTimeOffset.FromUnixTimeSeconds(keys.Since.ToUnixTimeSeconds()) };

        public void PutCursor(ChannelId channel, Sequence cursor) => Change(channel, stored => stored with { Cursor = cursor });

        public void PutProgress(ChannelId channel, Sequence acknowledged, Sequence shown)
        {
            // As a statement that finds no row.
            if (Channels.ContainsKey(channel))
                Change(channel, stored => stored with { Acknowledged = Max(acknowledged, stored.Acknowledged), Shown = Max(shown, stored.Shown) });
        }

        public void RemoveChannel(ChannelId channel, Epoch last)
        {
            Left[channel] = last;
            Channels.Remove(channel);
            OwnKeys.Remove(channel);
            foreach (var known in Invitations.Keys.Where(known => known.Item1 == channel).ToList())
                Invitations.Remove(known);
            Forget(Sending, key => key.Channel == channel);
            Forget(Pending, key => key.Channel == channel);
        }

        private static Sequence Max(Sequence left, Sequence right) => left > right ? left : right;

        private static void Forget(Dictionary<(ChannelId, Epoch), Secret> states, Func<(ChannelId Channel, Epoch Epoch), bool> which)
        {
            foreach (var key in states.Keys.Where(which).ToList())
                states.Remove(key);
        }

        private void Change(ChannelId channel, Func<StoredChannel, StoredChannel> change) => Channels[channel] = change(Channels[channel]);
    }
}
