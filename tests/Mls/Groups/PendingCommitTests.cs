using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;

namespace Skytale.Mls.Tests.Groups;

public sealed class PendingCommitTests : IDisposable
{
    private readonly TestGroup _group = TestGroup.OfThree();

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    [Fact]
    public void Making_a_commit_changes_nothing_until_it_is_merged()
    {
        var before = Alice.State();
        using (Alice.Group.Commit(new CommitRequest(), TestRandom.Fill))
            Alice.State().ShouldBe(before);
        Alice.State().ShouldBe(before);
        _group.ShouldTalk();
    }

    [Fact]
    [Fault(33)]
    public void A_pending_commit_survives_a_restart()
    {
        var dave = new Member(TestGroup.Suite, "dave");
        using var bundle = dave.NewBundle();
        using var pending = Alice.Group.Commit(new CommitRequest { Proposals = [new AddProposal(bundle.KeyPackage)] }, TestRandom.Fill);
        using var stored = Alice.Group.SerializePending(pending);

        Alice.Restart();
        using var restored = Alice.Group.DeserializePending(stored.Span);
        Tls.Encode(restored.Commit).ShouldBe(Tls.Encode(pending.Commit));
        Tls.Encode(restored.GroupInfo).ShouldBe(Tls.Encode(pending.GroupInfo));
        Tls.Encode(restored.Welcome!).ShouldBe(Tls.Encode(pending.Welcome!));
        _group.Deliver(Alice, restored);
        dave.Group = MlsGroup.Join(restored.Welcome!, bundle, dave.Signer, new JoinOptions());
        _group.Members.Add(dave);
        _group.ShouldAgree();
        _group.ShouldTalk();
    }

    [Fact]
    public void One_without_a_welcome_does_too()
    {
        using var pending = Alice.Group.Commit(new CommitRequest(), TestRandom.Fill);
        using var stored = Alice.Group.SerializePending(pending);
        using var restored = Alice.Group.DeserializePending(stored.Span);
        restored.Welcome.ShouldBeNull();
        _group.Deliver(Alice, restored);
        _group.ShouldAgree();
    }

    [Fact]
    public void It_is_merged_once()
    {
        using var pending = Alice.Group.Commit(new CommitRequest(), TestRandom.Fill);
        using var next = Alice.Group.Merge(pending);
        Alice.Refuses(MlsError.NoSuchPendingCommit, state => state.Merge(pending));
        Alice.Refuses(MlsError.NoSuchPendingCommit, state => state.SerializePending(pending));
    }

    [Fact]
    public void A_lost_race_leaves_it_without_use_and_the_winner_is_processed()
    {
        using var lost = Alice.Group.Commit(new CommitRequest(), TestRandom.Fill);
        using var stored = Alice.Group.SerializePending(lost);
        _group.Commit(Bob);
        _group.ShouldAgree();
        Alice.Refuses(MlsError.NoSuchPendingCommit, state => state.Merge(lost));
        Alice.Refuses(MlsError.NoSuchPendingCommit, state => state.DeserializePending(stored.Span));
        _group.Commit(Alice);
        _group.ShouldAgree();
    }

    [Fact]
    [Fault(29)]
    public void A_removal_is_seen_while_an_own_commit_is_pending()
    {
        using var pending = Alice.Group.Commit(new CommitRequest(), TestRandom.Fill);
        using var removal = Bob.Group.Commit(new CommitRequest { Proposals = [new RemoveProposal(Alice.Group.OwnLeaf)] }, TestRandom.Fill);
        using var staged = Alice.Group.Process(removal.Commit);
        staged.RemovesMe.ShouldBeTrue();
    }

    [Fact]
    public void A_staged_commit_is_merged_once_and_into_the_state_it_was_staged_from()
    {
        using var first = Bob.Group.Commit(new CommitRequest(), TestRandom.Fill);
        using var second = Bob.Group.Commit(new CommitRequest(), TestRandom.Fill);
        using var staged = Alice.Group.Process(first.Commit);
        using var alternative = Alice.Group.Process(second.Commit);
        Alice.Group = Alice.Group.Merge(staged);
        Alice.Refuses(MlsError.NoSuchPendingCommit, state => state.Merge(staged));
        Alice.Refuses(MlsError.NoSuchPendingCommit, state => state.Merge(alternative));
    }

    [Theory]
    [InlineData(WireFormat.PublicMessage)]
    [InlineData(WireFormat.PrivateMessage)]
    public void A_staged_commit_that_was_dropped_is_not_merged(WireFormat wireFormat)
    {
        using var pending = Alice.Group.Commit(new CommitRequest { Framing = new FramingOptions { WireFormat = wireFormat } }, TestRandom.Fill);
        var staged = Bob.Group.Process(pending.Commit);
        staged.Dispose();
        Bob.Refuses(MlsError.NoSuchPendingCommit, state => state.Merge(staged));
        using var again = Bob.Group.Process(pending.Commit);
        Bob.Group = Bob.Group.Merge(again);
    }

    [Fact]
    public void A_staged_commit_that_removes_this_member_says_so_also_when_it_was_dropped()
    {
        using var removal = Bob.Group.Commit(new CommitRequest { Proposals = [new RemoveProposal(Alice.Group.OwnLeaf)] }, TestRandom.Fill);
        var staged = Alice.Group.Process(removal.Commit);
        staged.Dispose();
        Alice.Refuses(MlsError.Removed, state => state.Merge(staged));
    }

    [Fact]
    public void An_encrypted_commit_is_merged_also_when_its_epoch_was_put_with_the_past_ones_before()
    {
        using var past = new PastEpochs();
        using var pending = Alice.Group.Commit(new CommitRequest { Framing = new FramingOptions { WireFormat = WireFormat.PrivateMessage } }, TestRandom.Fill);
        var late = Alice.Send("late");
        using var staged = Bob.Group.Process(pending.Commit);
        past.Add(Bob.Group);
        Bob.Group = Bob.Group.Merge(staged);
        Bob.Group.Epoch.ShouldBe(pending.Epoch.Next);
        using var read = past.Unprotect(late);
        read.Sender.ShouldBe(Alice.Group.OwnLeaf);
    }

    [Fact]
    public void Dropped_it_zeroes_what_it_held()
    {
        var pending = Alice.Group.Commit(new CommitRequest(), TestRandom.Fill);
        var init = pending.Next.Secrets.Init;
        pending.Dispose();
        Should.Throw<ObjectDisposedException>(() => init.Span.Length);
        Alice.Refuses(MlsError.NoSuchPendingCommit, state => state.Merge(pending));
    }

    [Fact]
    public void Bytes_that_are_no_pending_commit_are_refused()
    {
        using var pending = Alice.Group.Commit(new CommitRequest(), TestRandom.Fill);
        using var stored = Alice.Group.SerializePending(pending);
        var bytes = stored.Span.ToArray();
        Alice.Refuses(MlsError.Truncated, state => state.DeserializePending([]));
        Alice.Refuses(MlsError.Truncated, state => state.DeserializePending(bytes.AsSpan(0, bytes.Length - 1)));
        Alice.Refuses(MlsError.TrailingBytes, state => state.DeserializePending([.. bytes, 0]));
        bytes[0] = 1;
        Alice.Refuses(MlsError.InvalidState, state => state.DeserializePending(bytes));
    }

    public void Dispose() => _group.Dispose();
}
