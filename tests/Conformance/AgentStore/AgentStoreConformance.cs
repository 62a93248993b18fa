using Shouldly;
using Skytale.Agent.Storage;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Xunit;

namespace Skytale.Conformance.AgentStore;

/// <summary>What every <see cref="IAgentStore"/> keeps.</summary>
public abstract class AgentStoreConformance : IDisposable
{
    private static readonly ChannelId Channel = new(Enumerable.Range(0, ChannelId.Size).Select(i => (byte)i).ToArray());

    private IAgentStore? _store;

    private static ChannelName Name => ChannelName.TryParse("acme/team/general", out var name) ? name : throw new InvalidOperationException();

    private IAgentStore Store => _store ??= OpenStore();

    /// <summary>A new store the first time; the same one again after <see cref="CloseStore"/>.</summary>
    protected abstract IAgentStore OpenStore();

    /// <summary>Ends the use of the store as a stopped process would.</summary>
    protected abstract void CloseStore(IAgentStore store);

    public void Dispose()
    {
        if (_store is not null)
            CloseStore(_store);
        Cleanup();
        GC.SuppressFinalize(this);
    }

    /// <summary>Removes what the test left.</summary>
    protected virtual void Cleanup()
    {
    }

    [Fact]
    public void A_new_store_is_empty()
    {
        Store.ReadIdentitySeed().ShouldBeNull();
        Store.ReadKeyPackages().ShouldBeEmpty();
        Store.ReadIntents().ShouldBeEmpty();
        Store.ReadChannels().ShouldBeEmpty();
        Store.ReadSending(Channel, new Epoch(0)).ShouldBeNull();
        Store.ReadPending(Channel, new Epoch(0)).ShouldBeNull();
    }

    [Fact]
    public void What_was_written_is_there_when_the_store_is_opened_again()
    {
        Store.Write(transaction =>
        {
            transaction.PutIdentitySeed(Of(1));
            transaction.PutKeyPackage(new StoredKeyPackage(new Opaque(new byte[] { 1 }), Of(2), DateTimeOffset.FromUnixTimeSeconds(1_800_000_000), LastResort: true));
            transaction.PutIntent(new ChannelIntent(Channel, Name, Of(3), new Opaque(new byte[] { 4 }), new Opaque(new byte[] { 5 })));
            AddChannel(transaction);
            transaction.PutPending(Channel, new Epoch(7), Of(9));
        });
        Reopen();

        Bytes(Store.ReadIdentitySeed()).ShouldBe(1);
        var keyPackage = Store.ReadKeyPackages().ShouldHaveSingleItem();
        (keyPackage.Reference, Bytes(keyPackage.Bundle), keyPackage.NotAfter.ToUnixTimeSeconds(), keyPackage.LastResort).ShouldBe((new Opaque(new byte[] { 1 }), 2, 1_800_000_000L, true));
        var intent = Store.ReadIntents().ShouldHaveSingleItem();
        (intent.Channel, intent.Name, Bytes(intent.Bundle), intent.GroupInfo, intent.Welcome).ShouldBe((Channel, Name, 3, new Opaque(new byte[] { 4 }), new Opaque(new byte[] { 5 })));
        var channel = Store.ReadChannels().ShouldHaveSingleItem();
        (channel.Channel, channel.Name, channel.JoinedAt, channel.Cursor, channel.Shown).ShouldBe((Channel, Name, new Sequence(11), new Sequence(12), new Sequence(11)));
        (channel.Epoch, Bytes(channel.EpochState), Bytes(channel.Receiving)).ShouldBe((new Epoch(7), 6, 7));
        Bytes(Store.ReadPending(Channel, new Epoch(7))).ShouldBe(9);
        Bytes(Store.ReadSending(Channel, new Epoch(7))).ShouldBe(8);
    }

    [Fact]
    public void A_transaction_that_fails_changes_nothing()
    {
        Store.Write(AddChannel);
        Should.Throw<TimeoutException>(() => Store.Write(transaction =>
        {
            transaction.PutCursor(Channel, new Sequence(99));
            transaction.PutSending(Channel, new Epoch(7), Of(99));
            throw new TimeoutException();
        }));
        Store.ReadChannels().Single().Cursor.ShouldBe(new Sequence(12));
        Bytes(Store.ReadSending(Channel, new Epoch(7))).ShouldBe(8);
    }

    [Fact]
    public void A_new_epoch_drops_the_own_ratchets_of_earlier_ones_and_keeps_those_of_later_ones()
    {
        Store.Write(transaction =>
        {
            AddChannel(transaction);
            transaction.PutSending(Channel, new Epoch(9), Of(90));
            transaction.PutEpoch(Channel, new Epoch(8), Of(60), Of(70));
        });
        Store.ReadSending(Channel, new Epoch(7)).ShouldBeNull();
        Bytes(Store.ReadSending(Channel, new Epoch(9))).ShouldBe(90);
        Store.ReadChannels().Single().Epoch.ShouldBe(new Epoch(8));
    }

    [Fact]
    public void Pending_commits_of_several_epochs_are_kept_until_the_cursor_leaves_theirs()
    {
        Store.Write(transaction =>
        {
            AddChannel(transaction);
            transaction.PutPending(Channel, new Epoch(7), Of(70));
            transaction.PutPending(Channel, new Epoch(8), Of(80));
        });
        Bytes(Store.ReadPending(Channel, new Epoch(7))).ShouldBe(70);
        Store.Write(transaction => transaction.PutEpoch(Channel, new Epoch(8), Of(60), Of(70)));
        Store.ReadPending(Channel, new Epoch(7)).ShouldBeNull();
        Bytes(Store.ReadPending(Channel, new Epoch(8))).ShouldBe(80);
    }

    [Fact]
    public void Progress_is_kept_and_never_goes_back()
    {
        Store.Write(AddChannel);
        Store.ReadChannels().Select(channel => (channel.Acknowledged, channel.Shown)).Single().ShouldBe((new Sequence(11), new Sequence(11)));
        Store.WriteProgress(Channel, new Sequence(19), new Sequence(20));
        Store.WriteProgress(Channel, new Sequence(18), new Sequence(21));
        Store.Write(transaction => transaction.PutCursor(Channel, new Sequence(15)));
        Store.WriteProgress(Channel, new Sequence(19), new Sequence(20));
        Reopen();
        Store.ReadChannels().Select(channel => (channel.Cursor, channel.Acknowledged, channel.Shown)).Single().ShouldBe((new Sequence(15), new Sequence(19), new Sequence(21)));
    }

    [Fact]
    public void Progress_of_a_channel_that_is_gone_is_nothing()
    {
        Store.Write(AddChannel);
        Store.Write(transaction => transaction.RemoveChannel(Channel, new Epoch(7)));
        Store.WriteProgress(Channel, new Sequence(19), new Sequence(20));
        Store.ReadChannels().ShouldBeEmpty();
    }

    [Fact]
    public void Progress_is_each_channels_own_also_when_one_takes_anothers_place()
    {
        var other = new ChannelId(Enumerable.Repeat((byte)0xcc, ChannelId.Size).ToArray());
        Store.Write(AddChannel);
        Store.WriteProgress(Channel, new Sequence(19), new Sequence(20));
        Store.Write(transaction =>
        {
            transaction.RemoveChannel(Channel, new Epoch(7));
            transaction.AddChannel(other, Name, new Sequence(1));
            transaction.PutEpoch(other, new Epoch(1), Of(6), Of(7));
        });
        Store.WriteProgress(Channel, new Sequence(21), new Sequence(22));
        Store.WriteProgress(other, new Sequence(2), new Sequence(3));
        Store.ReadChannels().Select(channel => (channel.Channel, channel.Acknowledged, channel.Shown)).Single().ShouldBe((other, new Sequence(2), new Sequence(3)));
    }

    [Fact]
    public void What_fails_half_way_changes_nothing_and_the_store_goes_on()
    {
        Should.Throw<TimeoutException>(() => Store.Write(transaction =>
        {
            AddChannel(transaction);
            throw new TimeoutException();
        }));
        Store.ReadChannels().ShouldBeEmpty();
        Store.Write(AddChannel);
        Store.ReadChannels().ShouldHaveSingleItem();
    }

    [Fact]
    public void A_removed_channel_leaves_no_keys()
    {
        Store.Write(AddChannel);
        Store.Write(transaction => transaction.PutPending(Channel, new Epoch(7), Of(9)));
        Store.ReadLeft(Channel).ShouldBeNull();
        Store.Write(transaction => transaction.RemoveChannel(Channel, new Epoch(7)));
        Store.ReadLeft(Channel).ShouldBe(new Epoch(7));
        Store.ReadPending(Channel, new Epoch(7)).ShouldBeNull();
        Store.ReadChannels().ShouldBeEmpty();
        Store.ReadSending(Channel, new Epoch(7)).ShouldBeNull();
    }

    [Fact]
    public void A_join_waits_in_the_store_and_a_later_one_to_its_channel_takes_its_place()
    {
        Store.ReadJoins().ShouldBeEmpty();
        Store.Write(transaction =>
        {
            transaction.PutJoin(new StoredJoin(Channel, Of(1), new Opaque(new byte[] { 1 })));
            transaction.PutJoin(new StoredJoin(Channel, Of(2), new Opaque(new byte[] { 2 })));
        });
        Reopen();
        var join = Store.ReadJoins().ShouldHaveSingleItem();
        (join.Channel, Bytes(join.Invitation), join.KeyPackage).ShouldBe((Channel, 2, new Opaque(new byte[] { 2 })));
        Store.Write(transaction => transaction.RemoveJoin(Channel));
        Store.ReadJoins().ShouldBeEmpty();
    }

    [Fact]
    public void Invitations_are_kept_as_they_were_written_last_and_go_with_their_channel()
    {
        var (first, second) = (InvitationId.FromBytes([.. Enumerable.Repeat((byte)1, 32)]), InvitationId.FromBytes([.. Enumerable.Repeat((byte)2, 32)]));
        Store.Write(transaction =>
        {
            AddChannel(transaction);
            transaction.PutInvitation(Channel, first, Of(1));
            transaction.PutInvitation(Channel, second, Of(2));
        });
        Store.Write(transaction => transaction.PutInvitation(Channel, first, Of(3)));
        Reopen();
        Store.ReadInvitations(Channel).Select(known => Bytes(known)).ShouldBe([2, 3], ignoreOrder: true);
        Store.Write(transaction => transaction.RemoveInvitation(Channel, second));
        Store.ReadInvitations(Channel).Select(known => Bytes(known)).ShouldBe([3]);
        Store.Write(transaction => transaction.RemoveChannel(Channel, new Epoch(7)));
        Store.ReadInvitations(Channel).ShouldBeEmpty();
    }

    [Fact]
    public void How_old_the_own_keys_are_is_kept_as_it_was_written_last_and_goes_with_the_channel()
    {
        var since = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        Store.Write(transaction =>
        {
            AddChannel(transaction);
            transaction.PutOwnKeys(Channel, new StoredOwnKeys(new Epoch(6), since - TimeSpan.FromDays(1), Sent: 9));
        });
        Store.Write(transaction => transaction.PutOwnKeys(Channel, new StoredOwnKeys(new Epoch(7), since + TimeSpan.FromMilliseconds(1), Sent: 64)));
        Reopen();
        Store.ReadOwnKeys(Channel).ShouldBe(new StoredOwnKeys(new Epoch(7), since, 64));
        Store.Write(transaction => transaction.RemoveChannel(Channel, new Epoch(7)));
        Store.ReadOwnKeys(Channel).ShouldBeNull();
    }

    [Fact]
    public void The_state_of_the_cursors_epoch_is_put_anew_and_no_other()
    {
        Store.Write(AddChannel);
        var before = Store.ReadChannels().Single();
        Store.Write(transaction => transaction.PutEpochState(Channel, new Epoch(before.Epoch.Value + 1), Of(90)));
        Bytes(Store.ReadChannels().Single().EpochState).ShouldBe(Bytes(before.EpochState));

        Store.Write(transaction => transaction.PutEpochState(Channel, before.Epoch, Of(91)));
        Reopen();

        var after = Store.ReadChannels().Single();
        (Bytes(after.EpochState), Bytes(after.Receiving), after.Cursor).ShouldBe((91, Bytes(before.Receiving), before.Cursor));
    }

    [Fact]
    public void Whether_the_agent_wants_to_leave_is_kept_and_goes_with_the_channel()
    {
        Store.Write(AddChannel);
        Store.ReadChannels().Single().IsLeaving.ShouldBeFalse();
        Store.Write(transaction => transaction.PutLeaving(Channel, true));
        Reopen();
        Store.ReadChannels().Single().IsLeaving.ShouldBeTrue();
        Store.Write(transaction => transaction.PutLeaving(Channel, false));
        Store.ReadChannels().Single().IsLeaving.ShouldBeFalse();

        Store.Write(transaction => transaction.PutLeaving(Channel, true));
        Store.Write(transaction => transaction.RemoveChannel(Channel, new Epoch(7)));
        Store.Write(AddChannel);
        Store.ReadChannels().Single().IsLeaving.ShouldBeFalse();
    }

    [Fact]
    public void A_pending_commit_is_taken_back()
    {
        Store.Write(transaction =>
        {
            AddChannel(transaction);
            transaction.PutPending(Channel, new Epoch(7), Of(9));
        });
        Store.Write(transaction => transaction.PutPending(Channel, new Epoch(7), null));
        Store.ReadPending(Channel, new Epoch(7)).ShouldBeNull();
    }

    private static void AddChannel(IAgentStoreTransaction transaction)
    {
        transaction.AddChannel(Channel, Name, new Sequence(11));
        transaction.PutEpoch(Channel, new Epoch(7), Of(6), Of(7));
        transaction.PutSending(Channel, new Epoch(7), Of(8));
        transaction.PutCursor(Channel, new Sequence(12));
    }

    private void Reopen()
    {
        CloseStore(Store);
        _store = OpenStore();
    }

    private static Secret Of(byte value) => Secret.Copy([value, value, value, value]);

    private static int Bytes(Secret? secret)
    {
        secret.ShouldNotBeNull().Length.ShouldBe(4);
        return secret.Span[0];
    }
}
