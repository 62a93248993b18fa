using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.Mls.PublicGroups;

/// <summary>
/// What anyone can follow of a group without a secret: its tree, GroupContext and confirmation tag, from a GroupInfo on,
/// through each commit. For the Delivery Service; members build on it. Not safe for use by several threads at once.
/// </summary>
public sealed class PublicGroup
{
    private const byte StateVersion = 2;

    private KeptProposals _proposals = new();

    private PublicGroup(CipherSuite suite, GroupContext context, RatchetTree tree, Opaque confirmationTag)
    {
        Suite = suite;
        Context = context;
        Tree = tree;
        ConfirmationTag = confirmationTag;
    }

    public CipherSuite Suite { get; }

    public Opaque GroupId => Context.GroupId;

    public Epoch Epoch => Context.Epoch;

    public GroupContext Context { get; private set; }

    /// <summary>The epoch's tree; it does not change, a merge puts another in its place.</summary>
    public RatchetTree Tree { get; private set; }

    /// <summary>§8.1: the tag of the commit that started the epoch, or of the group's creation.</summary>
    public Opaque ConfirmationTag { get; private set; }

    /// <summary>§11.2: not null when the group ended with this: it goes on as another.</summary>
    public ReInitProposal? ReInit { get; private set; }

    /// <summary>The proposals of this epoch that were sent on their own, in the order they came.</summary>
    public ImmutableArray<KeptProposal> Proposals => _proposals.All;

    /// <summary>The members' leaves, from the left.</summary>
    public IEnumerable<(LeafIndex Index, LeafNode Leaf)> Members => Tree.Leaves;

    /// <summary>§8.2: what the next commit's confirmed transcript hash starts from.</summary>
    internal Opaque InterimTranscriptHash => TranscriptHashes.Interim(Suite, Context.ConfirmedTranscriptHash, ConfirmationTag);

    /// <summary>§12.4.3.1: the group that a GroupInfo describes, after every check that needs no secret.</summary>
    /// <param name="ratchetTree">The tree, when the GroupInfo does not hold it.</param>
    /// <param name="lifetimes">How leaves' lifetimes are judged; not at all when null.</param>
    /// <param name="accept">The Authentication Service, asked for every credential; none when null.</param>
    /// <exception cref="MlsException">The rule that the GroupInfo or the tree breaks.</exception>
    public static PublicGroup FromGroupInfo(GroupInfo groupInfo, RatchetTree? ratchetTree = null, LifetimePolicy? lifetimes = null, AcceptCredential? accept = null)
    {
        var context = groupInfo.GroupContext;
        var suite = CipherSuite.Get(context.CipherSuite);
        ExtensionPlaces.Check(groupInfo.Extensions, ExtensionPlace.GroupInfo);
        var tree = ratchetTree?.Copy()
            ?? groupInfo.Extensions.Find<RatchetTree>(ExtensionType.RatchetTree)
            ?? throw new MlsException(MlsError.RatchetTreeMissing);

        // Verify the signature by the leaf with index signer; if that leaf is blank, return an error.
        var signer = tree[groupInfo.Signer] ?? throw new MlsException(MlsError.InvalidGroupInfo, $"the signer's leaf {groupInfo.Signer} is blank");
        groupInfo.VerifySignature(suite, signer.SignatureKey);
        if (groupInfo.ConfirmationTag.Length != suite.HashSize)
            throw new MlsException(MlsError.InvalidConfirmationTag, "of the wrong size");

        // Verify that the tree hash of the ratchet tree matches the tree_hash field in GroupInfo.
        if (tree.TreeHash(suite) != context.TreeHash)
            throw new MlsException(MlsError.TreeHashMismatch);
        TreeValidation.CheckAll(tree, suite, context.GroupId, context.Extensions, lifetimes ?? LifetimePolicy.Unchecked);
        if (accept is not null)
            NewCredentials.Judge(tree, context, accept);
        return new PublicGroup(suite, context, tree, groupInfo.ConfirmationTag);
    }

    /// <summary>§6.1: checks a handshake message's group, epoch, sender and signature; its membership tag only for its size.</summary>
    /// <exception cref="MlsException">The rule that the message breaks.</exception>
    public VerifiedContent Verify(PublicMessage message)
    {
        var verified = Verify(message.Authenticated);
        if (verified.Sender.Type == SenderType.Member && message.MembershipTag?.Length != Suite.HashSize)
            throw new MlsException(MlsError.InvalidMembershipTag, "of the wrong size");
        return verified;
    }

    /// <summary>Keeps a proposal of this epoch, so that a commit can name it by reference. Whether it is valid, its commit will say.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.TooLarge"/>: the epoch has no room for more.</exception>
    public ProposalRef Keep(VerifiedContent proposal)
    {
        if (proposal.Content.Body is not ProposalBody)
            throw new ArgumentException("not a proposal", nameof(proposal));
        CheckCurrent(proposal.Content);
        return _proposals.Keep(Suite, proposal.Authenticated);
    }

    /// <summary>§12.4.2: validates a commit, its proposals and its path as far as that needs no secret. The group stays as it is.</summary>
    /// <param name="lifetimes">How new members' lifetimes are judged; not at all when null.</param>
    /// <param name="accept">The Authentication Service, asked for every new credential; none when null.</param>
    /// <exception cref="MlsException">The rule that the commit breaks.</exception>
    public StagedPublicCommit Stage(VerifiedContent commit, LifetimePolicy? lifetimes = null, AcceptCredential? accept = null)
    {
        CheckCurrent(commit.Content);
        return PublicCommitProcessing.Stage(this, commit, lifetimes ?? LifetimePolicy.Unchecked, accept);
    }

    /// <summary>Goes on to the epoch that a staged commit leads to. Proposals of the old epoch are dropped.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.NoSuchPendingCommit"/>: it was staged in another epoch or group.</exception>
    public void Merge(StagedPublicCommit staged)
    {
        if (staged.Before != Context)
            throw new MlsException(MlsError.NoSuchPendingCommit, $"staged in epoch {staged.Before.Epoch}, this is {Epoch}");
        Context = staged.NewContext;
        Tree = staged.NewTree;
        ConfirmationTag = staged.ConfirmationTag;
        ReInit = staged.List.ReInit;
        _proposals = new KeptProposals();
    }

    /// <summary>§12.4.3: checks that a GroupInfo for joiners describes exactly what the staged commit leads to, signed by the committer.</summary>
    /// <exception cref="MlsException">
    /// <see cref="MlsError.InvalidGroupInfo"/>, <see cref="MlsError.TreeHashMismatch"/> or <see cref="MlsError.InvalidSignature"/>.
    /// </exception>
    public void VerifyGroupInfo(StagedPublicCommit staged, GroupInfo groupInfo)
    {
        if (groupInfo.GroupContext != staged.NewContext)
            throw new MlsException(MlsError.InvalidGroupInfo, "another GroupContext than the commit's result");
        if (!ConstantTime.Equal(groupInfo.ConfirmationTag.Span, staged.ConfirmationTag.Span))
            throw new MlsException(MlsError.InvalidGroupInfo, "another confirmation tag than the commit's");
        if (groupInfo.Signer != staged.Committer)
            throw new MlsException(MlsError.InvalidGroupInfo, $"signed by leaf {groupInfo.Signer}, not the committer {staged.Committer}");
        ExtensionPlaces.Check(groupInfo.Extensions, ExtensionPlace.GroupInfo);
        if (groupInfo.Extensions.Find(ExtensionType.RatchetTree) is { } tree && tree != Tls.Encode(staged.NewTree))
            throw new MlsException(MlsError.TreeHashMismatch, "another ratchet tree than the commit's result");
        groupInfo.VerifySignature(Suite, staged.NewTree[staged.Committer]!.SignatureKey);
    }

    // struct {
    //     uint8 version = 2;
    //     GroupContext context;
    //     opaque confirmation_tag<V>;
    //     optional<Node> ratchet_tree<V>;
    //     AuthenticatedContent proposals<V>;
    //     optional<Proposal> reinit;
    // } PublicGroupState;

    /// <summary>The whole state, proposals that were kept included.</summary>
    public Opaque Serialize()
    {
        using var writer = new TlsWriter();
        writer.WriteUInt8(StateVersion);
        writer.Write(Context);
        writer.WriteOpaque(ConfirmationTag);
        writer.Write(Tree);
        _proposals.WriteTo(writer);
        writer.WritePresence(ReInit is not null);
        if (ReInit is not null)
            writer.Write<Proposal>(ReInit);
        return writer.ToOpaque();
    }

    /// <summary>What <see cref="Serialize"/> wrote. It is trusted: signatures are not checked again.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidState"/>, or a codec error.</exception>
    public static PublicGroup Deserialize(ReadOnlySpan<byte> state)
    {
        var reader = new TlsReader(state.ToArray());
        if (reader.ReadUInt8() != StateVersion)
            throw new MlsException(MlsError.InvalidState, "not a public group of this version");
        var context = GroupContext.ReadFrom(ref reader);
        var confirmationTag = reader.ReadOpaque();
        var group = new PublicGroup(CipherSuite.Get(context.CipherSuite), context, RatchetTree.ReadFrom(ref reader), confirmationTag);
        group._proposals = KeptProposals.ReadFrom(ref reader, group.Suite);
        if (reader.ReadPresence())
            group.ReInit = Proposal.ReadFrom(ref reader) as ReInitProposal ?? throw new MlsException(MlsError.InvalidState, "ended by something else than a ReInit");
        reader.ExpectEnd();
        if (group.Tree.TreeHash(group.Suite) != context.TreeHash)
            throw new MlsException(MlsError.InvalidState, "the tree is not the GroupContext's");
        return group;
    }

    /// <summary>§6.1: the same checks for content of any wire format, before the tags that members check.</summary>
    internal VerifiedContent Verify(AuthenticatedContent authenticated)
    {
        var content = authenticated.Content;
        CheckCurrent(content);
        return authenticated.Verify(Suite, Context, SenderKeys.Find(this, authenticated));
    }

    /// <summary>The group of the next epoch, while this one stays in its own.</summary>
    internal PublicGroup After(StagedPublicCommit staged)
    {
        var next = new PublicGroup(Suite, Context, Tree, ConfirmationTag);
        next.Merge(staged);
        return next;
    }

    /// <summary>§11: the group of a creator's first tree; everything in it is the caller's own.</summary>
    internal static PublicGroup Create(CipherSuite suite, GroupContext context, RatchetTree tree, Opaque confirmationTag)
    {
        TreeValidation.CheckAll(tree, suite, context.GroupId, context.Extensions, LifetimePolicy.Unchecked);
        return new PublicGroup(suite, context, tree, confirmationTag);
    }

    /// <summary>§12.4: a commit's proposals with their senders: by value the committer, by reference whoever sent it in this epoch.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.UnknownProposalReference"/>.</exception>
    internal ImmutableArray<ResolvedProposal> Resolve(ImmutableArray<ProposalOrRef> proposals, Sender committer) => ImmutableArray.CreateRange(proposals, proposal => proposal switch
    {
        ProposalByValue byValue => new ResolvedProposal(byValue.Proposal, committer),
        ProposalByReference { Reference: var reference } => _proposals.Find(reference) is { } kept
            ? new ResolvedProposal(kept.Proposal, kept.Sender)
            : throw new MlsException(MlsError.UnknownProposalReference, reference.Value.ToString()),
        _ => throw new InvalidOperationException($"{proposal.GetType()} is no ProposalOrRef of RFC 9420"),
    });

    private void CheckCurrent(FramedContent content)
    {
        if (content.GroupId != GroupId)
            throw new MlsException(MlsError.WrongGroup);
        if (ReInit is not null)
            throw new MlsException(MlsError.GroupEnded);
        if (content.Epoch != Epoch)
            throw new MlsException(MlsError.WrongEpoch, $"{content.Epoch}, the group is in {Epoch}");
    }
}
