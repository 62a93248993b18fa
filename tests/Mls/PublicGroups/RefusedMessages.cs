using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.PublicGroups;

/// <summary>§6, §12.4.3: messages and GroupInfos that are refused for what they are framed or signed as.</summary>
public sealed class RefusedMessages
{
    private static readonly CommitBody NoBody = new(new Commit([], null));

    [Fact]
    public void A_message_of_another_group_or_epoch_is_refused()
    {
        var group = ForgedGroup.Of(3);
        var stale = group.Commit(1);
        group.Refuses(MlsError.WrongGroup, group.Frame(1, NoBody, content => content with { GroupId = Opaque.Copy("another"u8) }));
        group.Refuses(MlsError.WrongEpoch, group.Frame(1, NoBody, content => content with { Epoch = group.Public.Epoch.Next }));
        group.Apply(group.Commit(0));
        group.Refuses(MlsError.WrongEpoch, stale);
    }

    [Fact]
    public void A_verified_commit_of_an_epoch_that_is_over_is_not_staged()
    {
        var group = ForgedGroup.Of(3);
        var verified = group.Public.Verify(group.Commit(1));
        var proposal = group.Public.Verify(group.Frame(1, new ProposalBody(new RemoveProposal(new LeafIndex(2)))));
        group.Apply(group.Commit(0));
        Expect.Refused(MlsError.WrongEpoch, () => group.Public.Stage(verified));
        Expect.Refused(MlsError.WrongEpoch, () => group.Public.Keep(proposal));
    }

    [Theory]
    [InlineData(2u)]
    [InlineData(3u)]
    [InlineData(4u)]
    [InlineData(LeafIndex.Max)]
    public void A_sender_whose_leaf_is_blank_or_outside_the_tree_is_refused(uint leaf)
    {
        var group = ForgedGroup.Of(4);
        group.Apply(group.Commit(0, new RemoveProposal(new LeafIndex(2))));
        group.Apply(group.Commit(0, new RemoveProposal(new LeafIndex(3))));
        group.Refuses(MlsError.UnknownSender, group.Frame(0, NoBody, content => content with { Sender = Sender.Member(new LeafIndex(leaf)) }));
    }

    [Fact]
    public void A_message_signed_by_another_member_is_refused()
    {
        var group = ForgedGroup.Of(3);
        group.Refuses(MlsError.InvalidSignature, group.Frame(0, NoBody, content => content with { Sender = Sender.Member(new LeafIndex(1)) }));
        group.Refuses(MlsError.InvalidSignature, group.Frame(0, NoBody, key: group[1].Signer.PrivateKey));
    }

    [Fact]
    public void A_message_changed_after_signing_is_refused()
    {
        var group = ForgedGroup.Of(3);
        var commit = group.Commit(1);
        group.Refuses(MlsError.InvalidSignature, commit with { Content = commit.Content with { AuthenticatedData = Opaque.Empty } });
        group.Refuses(MlsError.InvalidSignature, commit with { Content = commit.Content with { Body = NoBody } });
        group.Refuses(MlsError.InvalidSignature, commit with { Auth = commit.Auth with { Signature = Opaque.Empty } });
    }

    [Theory]
    [Fault(1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(33)]
    public void Tags_of_the_wrong_size_are_refused_by_anyone(int size)
    {
        var group = ForgedGroup.Of(3);
        var commit = group.Commit(1);
        var tag = Opaque.Copy(new byte[size]);
        group.Refuses(MlsError.InvalidMembershipTag, commit with { MembershipTag = tag });
        group.Refuses(MlsError.InvalidConfirmationTag, commit with { Auth = commit.Auth with { ConfirmationTag = tag } });
    }

    [Fact]
    public void Missing_and_misplaced_tags_are_refused()
    {
        var group = ForgedGroup.Of(3);
        var commit = group.Commit(1);
        group.Refuses(MlsError.InvalidMembershipTag, commit with { MembershipTag = null });
        group.Refuses(MlsError.MisplacedConfirmationTag, commit with { Auth = commit.Auth with { ConfirmationTag = null } });
        var proposal = group.Frame(1, new ProposalBody(new RemoveProposal(new LeafIndex(2))));
        group.Refuses(MlsError.MisplacedConfirmationTag, proposal with { Auth = proposal.Auth with { ConfirmationTag = ForgedGroup.Tag() } });
    }

    [Fact]
    public void Application_data_is_never_a_public_message()
    {
        var group = ForgedGroup.Of(2);
        group.Refuses(MlsError.WrongWireFormat, group.Frame(0, new ApplicationBody(Opaque.Copy("hello"u8))));
    }

    [Fact]
    public void Commits_by_senders_that_are_no_members_are_refused()
    {
        var group = ForgedGroup.Of(2);
        foreach (var sender in new[] { Sender.External(0), Sender.NewMemberProposal })
            group.Refuses(MlsError.WrongSenderType, group.Frame(0, NoBody, content => content with { Sender = sender }));
        group.Refuses(MlsError.PathRequired, group.Frame(0, NoBody, content => content with { Sender = Sender.NewMemberCommit }));
    }

    [Fact]
    public void A_group_info_describes_exactly_what_the_commit_leads_to()
    {
        var group = ForgedGroup.Of(4);
        var staged = group.Public.Stage(group.Public.Verify(group.Commit(1, group.Adds(1))));
        var good = Info(staged.NewContext);
        group.Public.VerifyGroupInfo(staged, good);

        Refused(MlsError.InvalidGroupInfo, Info(staged.NewContext with { Epoch = staged.NewContext.Epoch.Next }));
        Refused(MlsError.InvalidGroupInfo, Info(staged.NewContext with { TreeHash = ForgedGroup.Tag() }));
        Refused(MlsError.InvalidGroupInfo, Info(group.Public.Context));
        Refused(MlsError.InvalidGroupInfo, Info(staged.NewContext, tag: ForgedGroup.Tag()));
        Refused(MlsError.InvalidGroupInfo, Info(staged.NewContext, tag: Opaque.Empty));
        Refused(MlsError.InvalidGroupInfo, Info(staged.NewContext, signer: 0));
        Refused(MlsError.InvalidSignature, Info(staged.NewContext, key: group[0].Signer.PrivateKey));
        Refused(MlsError.TreeHashMismatch, Info(staged.NewContext, extensions: new ExtensionList(new Extension(ExtensionType.RatchetTree, Tls.Encode(group.Public.Tree)))));
        Refused(MlsError.ExtensionNotAllowedHere, Info(staged.NewContext, extensions: new ExtensionList(new Extension(ExtensionType.ExternalSenders, Opaque.Empty))));

        GroupInfo Info(GroupContext context, Opaque? tag = null, uint signer = 1, SignaturePrivateKey? key = null, ExtensionList? extensions = null) => GroupInfo.Sign(
            Client.Suite, context, extensions ?? new ExtensionList(new Extension(ExtensionType.RatchetTree, Tls.Encode(staged.NewTree))), tag ?? staged.ConfirmationTag, new LeafIndex(signer), key ?? group[signer].Signer.PrivateKey);

        void Refused(MlsError error, GroupInfo info) => Expect.Refused(error, () => group.Public.VerifyGroupInfo(staged, info));
    }

    [Fact]
    public void A_state_that_is_damaged_or_of_another_version_is_refused()
    {
        var group = ForgedGroup.Of(3);
        var state = group.Public.Serialize().Span.ToArray();
        Expect.Refused(MlsError.InvalidState, () => PublicGroup.Deserialize([1, .. state.AsSpan(1)]));
        Expect.Refused(MlsError.TrailingBytes, () => PublicGroup.Deserialize([.. state, 0]));
        Expect.Refused(MlsError.Truncated, () => PublicGroup.Deserialize(state.AsSpan(0, state.Length - 1)));
        Expect.Refused(MlsError.Truncated, () => PublicGroup.Deserialize([]));
        var hash = state.AsSpan().IndexOf(group.Public.Context.TreeHash.Span);
        state[hash] ^= 1;
        Expect.Refused(MlsError.InvalidState, () => PublicGroup.Deserialize(state));
    }
}
