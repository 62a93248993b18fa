using System.Security.Cryptography;
using Skytale.Channels;
using Skytale.Groups;
using Skytale.Groups.Roles;
using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Relay.Tests.Kit;

namespace Skytale.Relay.Tests;

/// <summary>Commits that are refused: nothing of them stays, and the channel goes on in its epoch.</summary>
public sealed class BadCommitTests : IAsyncLifetime
{
    private const int Timeout = 60_000;
    private TestRelay _relay = null!;
    private TestAgent[] _members = [];
    private TestAgent _joiner = null!;
    private Sequence _before;
    private byte[] _state = [];

    private Task<StoredChannel> ChannelAsync() => _relay.ChannelOfAsync(_members[0]);

    public async ValueTask InitializeAsync()
    {
        _relay = await TestRelay.StartAsync(new ChannelLimits { MembersPerChannel = 3 });
        _members = await _relay.ChannelOfAsync(2);
        _joiner = await _relay.ConnectAgentAsync();
        await _joiner.UploadAsync();
        var stored = await ChannelAsync();
        (_before, _state) = (stored.Last, stored.State.ToArray());
    }

    public async ValueTask DisposeAsync()
    {
        await _members[0].SendAsync("the channel works");
        (await _members[1].CatchUpAsync()).ShouldContain("the channel works");
        await _members[1].CommitAsync();
        await _relay.DisposeAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task Of_two_commits_for_an_epoch_the_first_wins_and_the_other_is_told_the_epoch()
    {
        using var loser = _members[1].Commit();
        await _members[0].CommitAsync();
        (await _members[1].Connection.RefusedAsync(ErrorCode.StaleEpoch, _members[1].RequestOf(loser))).CurrentEpoch.ShouldBe(_members[0].Group.Epoch.Value);
        await _members[1].CatchUpAsync();
        await _members[1].CommitAsync();
        await _members[0].CatchUpAsync();
        (await ChannelAsync()).Last.ShouldBe(_before.Next.Next);
    }

    [Fact(Timeout = Timeout)]
    public async Task Of_racing_commits_exactly_one_wins()
    {
        using var first = _members[0].Commit();
        using var second = _members[1].Commit();
        var answers = await Task.WhenAll(_members[0].Connection.AskAsync(_members[0].RequestOf(first)), _members[1].Connection.AskAsync(_members[1].RequestOf(second)));
        answers.OfType<Accepted>().ShouldHaveSingleItem().Sequence.ShouldBe(_before.Next);
        answers.OfType<Refused>().ShouldHaveSingleItem().Code.ShouldBe(ErrorCode.StaleEpoch);
        var (winner, pending) = answers[0] is Accepted ? (_members[0], first) : (_members[1], second);
        winner.Group = winner.Group.Merge(pending);
        foreach (var member in _members)
            await (member == winner ? Task.CompletedTask : member.CatchUpAsync());
        winner.MoveTo(_before.Next);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_bad_signature_is_refused()
    {
        using var pending = _members[0].Commit();
        var forged = pending.Commit.PublicMessage! with { Auth = pending.Commit.PublicMessage!.Auth with { Signature = Opaque.Copy(new byte[64]) } };
        await RefusedAsync(ErrorCode.InvalidCommit, TestAgent.Encode(new MlsMessage(forged)), pending);
    }

    [Fact(Timeout = Timeout)]
    public async Task Proposals_that_no_channel_knows_are_refused()
    {
        using var emptied = _members[0].Commit(new GroupContextExtensionsProposal(ExtensionList.Empty));
        await RefusedAsync(ErrorCode.InvalidCommit, emptied);
        using var reInit = _members[0].Commit(new ReInitProposal(Opaque.Copy(new byte[32]), ProtocolVersion.Mls10, ChannelSuite.Default.Id, ExtensionList.Empty));
        await RefusedAsync(ErrorCode.InvalidCommit, reInit);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_the_committers_role_does_not_allow_is_refused()
    {
        var policy = ChannelPolicy.In(_members[1].Group.Public.Context.Extensions).ShouldNotBeNull();
        var takeover = policy.With(_members[1].Id, ChannelRole.Owner).Into(_members[1].Group.Public.Context.Extensions);
        using var pending = _members[1].Commit(new GroupContextExtensionsProposal(takeover));
        await _members[1].Connection.RefusedAsync(ErrorCode.RoleTooLow, _members[1].RequestOf(pending));
        using var removal = _members[1].Commit(new RemoveProposal(_members[0].Group.OwnLeaf));
        await _members[1].Connection.RefusedAsync(ErrorCode.RoleTooLow, _members[1].RequestOf(removal));
    }

    [Fact(Timeout = Timeout)]
    public async Task A_commit_without_a_path_is_refused()
    {
        using var pending = _members[0].Group.Commit(
            new CommitRequest { Proposals = [new AddProposal(await _members[0].ClaimAsync(_joiner))], ForcePath = false }, RandomNumberGenerator.Fill);
        await RefusedAsync(ErrorCode.InvalidCommit, pending);
    }

    [Fact(Timeout = Timeout)]
    public async Task Anothers_commit_is_refused()
    {
        using var pending = _members[0].Commit();
        var refused = await _members[1].Connection.RefusedAsync(ErrorCode.InvalidCommit, _members[0].RequestOf(pending));
        refused.Detail.ShouldContain("agent of this connection");
        await _joiner.Connection.RefusedAsync(ErrorCode.NotAMember, _members[0].RequestOf(pending));
        await NothingChangedAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_payload_that_is_no_commit_is_refused()
    {
        using var pending = _members[0].Commit();
        await RefusedAsync(ErrorCode.InvalidCommit, new byte[] { 1, 2, 3 }, pending);
        await RefusedAsync(ErrorCode.InvalidCommit, _members[0].Encrypt("not a commit"), pending);
        await RefusedAsync(ErrorCode.InvalidCommit, TestAgent.Encode(pending.Commit).ToArray().Append((byte)0).ToArray(), pending);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_group_info_that_is_not_the_commits_result_is_refused()
    {
        using var pending = _members[0].Commit();
        using var other = _members[0].Commit();
        var info = pending.GroupInfo;
        foreach (var wrong in new[]
        {
            other.GroupInfo,
            info with { Signature = Opaque.Copy(new byte[64]) },
            GroupInfo.Sign(ChannelSuite.Default, info.GroupContext, ExtensionList.Empty, info.ConfirmationTag, info.Signer, _members[0].Signer.PrivateKey),
            GroupInfo.Sign(ChannelSuite.Default, info.GroupContext, info.Extensions, Opaque.Copy(new byte[32]), info.Signer, _members[0].Signer.PrivateKey),
            GroupInfo.Sign(ChannelSuite.Default, info.GroupContext, info.Extensions, info.ConfirmationTag, _members[1].Group.OwnLeaf, _members[1].Signer.PrivateKey),
        })
        {
            await _members[0].Connection.RefusedAsync(ErrorCode.InvalidGroupInfo, _members[0].RequestOf(pending, wrong));
        }
        await _members[0].Connection.RefusedAsync(ErrorCode.InvalidGroupInfo, request => new SendCommit(request, _members[0].ChannelId, TestAgent.Encode(pending.Commit), new byte[] { 1 }, null));
        await NothingChangedAsync();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_welcome_for_others_than_the_commit_adds_is_refused()
    {
        using var pending = _members[0].Commit(new AddProposal(await _members[0].ClaimAsync(_joiner)));
        using var addsNobody = _members[0].Commit();
        var welcome = pending.Welcome!;
        var one = welcome.Secrets[0];
        foreach (var wrong in new[]
        {
            null,
            welcome with { Secrets = [] },
            welcome with { Secrets = [one, one] },
            welcome with { Secrets = [one with { NewMember = Opaque.Copy(new byte[32]) }] },
            welcome with { Secrets = [one, one with { NewMember = Opaque.Copy(new byte[32]) }] },
            welcome with { CipherSuite = Mls.Crypto.CipherSuiteId.MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519 },
        })
        {
            await RefusedAsync(ErrorCode.InvalidWelcome, pending, wrong);
        }
        await RefusedAsync(ErrorCode.InvalidWelcome, addsNobody, welcome);
        (await _relay.WelcomesWaitingForAsync(_joiner)).ShouldBe(0);

        // The honest one is taken, after all of that.
        await _members[0].Connection.AskAsync<Accepted>(_members[0].RequestOf(pending));
        _members[0].Group = _members[0].Group.Merge(pending);
        _members[0].MoveTo(_before.Next);
        await _joiner.JoinAsync();
        await _joiner.SendAsync("hello");
        (await _members[0].CatchUpAsync()).ShouldBe(["hello"]);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_channel_has_so_many_members_and_no_more()
    {
        await _members[0].AddAsync(_joiner);
        await _joiner.JoinAsync();
        var fourth = await _relay.ConnectAgentAsync();
        await fourth.UploadAsync();
        var keyPackage = await _members[0].ClaimAsync(fourth);
        using var pending = _members[0].Commit(new AddProposal(keyPackage));
        await _members[0].Connection.RefusedAsync(ErrorCode.LimitReached, _members[0].RequestOf(pending));
        (await _relay.WelcomesWaitingForAsync(fourth)).ShouldBe(0);
        // One out, one in is as many as before.
        using var swap = _members[0].Commit(new AddProposal(keyPackage), new RemoveProposal(_members[0].LeafOf(_joiner)));
        await _members[0].Connection.AskAsync<Accepted>(_members[0].RequestOf(swap));
        _members[0].Group = _members[0].Group.Merge(swap);
        _members[0].MoveTo((await ChannelAsync()).Last);
        await fourth.JoinAsync();
    }

    private Task RefusedAsync(ErrorCode code, PendingCommit pending) => RefusedAsync(code, pending, pending.Welcome);

    private async Task RefusedAsync(ErrorCode code, PendingCommit pending, Welcome? welcome)
    {
        await _members[0].Connection.RefusedAsync(code, request => new SendCommit(
            request, _members[0].ChannelId, TestAgent.Encode(pending.Commit), TestAgent.Encode(new MlsMessage(pending.GroupInfo)),
            welcome is null ? null : new SendWelcome(TestAgent.Encode(new MlsMessage(welcome)))));
        await NothingChangedAsync();
    }

    private async Task RefusedAsync(ErrorCode code, ReadOnlyMemory<byte> commit, PendingCommit pending)
    {
        await _members[0].Connection.RefusedAsync(code, request => new SendCommit(request, _members[0].ChannelId, commit, TestAgent.Encode(new MlsMessage(pending.GroupInfo)), null));
        await NothingChangedAsync();
    }

    private async Task NothingChangedAsync()
    {
        var stored = await ChannelAsync();
        stored.Last.ShouldBe(_before);
        stored.State.ToArray().ShouldBe(_state);
    }
}
