using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.SecretTree;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>
/// One member's state in one epoch. A commit leads to another object for the next epoch, and this one stays usable for
/// its own epoch's messages until it is disposed. What throws leaves the state as it was. Not for concurrent use.
/// </summary>
public sealed class MlsGroup : IReadableEpoch, IDisposable
{
    internal MlsGroup(
        PublicGroup publicGroup, LeafIndex ownLeaf, SignatureKeyPair signer,
        EpochSecrets secrets, TreePrivateKeys privateKeys, SendingRatchets sending, ReceivingTree receiving)
    {
        Public = publicGroup;
        OwnLeaf = ownLeaf;
        Signer = signer;
        Secrets = secrets;
        PrivateKeys = privateKeys;
        Sending = sending;
        Receiving = receiving;
    }

    /// <summary>What anyone can know of this epoch. Not to be merged by the caller: it is this epoch's.</summary>
    public PublicGroup Public { get; }

    /// <summary>This member's place in the tree.</summary>
    public LeafIndex OwnLeaf { get; }

    public CipherSuite Suite => Public.Suite;

    public Opaque GroupId => Public.GroupId;

    public Epoch Epoch => Public.Epoch;

    /// <summary>§8.7: equal at all members who are in the same epoch with the same view. A copy, for the caller to dispose.</summary>
    public Secret EpochAuthenticator => Secrets.EpochAuthenticator.Duplicate();

    /// <summary>§8.6: links a later group or epoch to this one. A copy, for the caller to dispose.</summary>
    public Secret ResumptionPsk => Secrets.Resumption.Duplicate();

    /// <summary>§11.2: not null when the group ended with this: nothing is sent in it any more, it goes on as another.</summary>
    public ReInitProposal? ReInit => Public.ReInit;

    /// <summary>The proposals of this epoch that were sent on their own, this member's too, in the order they came.</summary>
    public ImmutableArray<KeptProposal> Proposals => Public.Proposals;

    /// <summary>The member's signature keys; the caller's, who keeps them while the group lives.</summary>
    internal SignatureKeyPair Signer { get; }

    internal EpochSecrets Secrets { get; }

    internal TreePrivateKeys PrivateKeys { get; }

    internal SendingRatchets Sending { get; }

    internal ReceivingTree Receiving { get; }

    ReceivingTree IReadableEpoch.Receiving => Receiving;

    GroupContext IReadableEpoch.Context => Public.Context;

    void IReadableEpoch.CheckReadable(PrivateMessage message) => CheckCurrent(message);

    Secret IReadableEpoch.SenderData => Secrets.SenderData;

    MessageSender? IReadableEpoch.SenderAt(LeafIndex leaf) => Public.Tree[leaf] is { } node ? MessageSender.Of(node) : null;

    /// <summary>The Updates that this member proposed in this epoch.</summary>
    internal List<OwnUpdate> OwnUpdates { get; } = [];

    /// <summary>§11: a group of one, from the leaf of a bundle that serves nothing else.</summary>
    public static MlsGroup Create(CipherSuite suite, Opaque groupId, SignatureKeyPair signer, KeyPackageBundle ownLeaf, ExtensionList groupExtensions, FillRandom random) =>
        Creating.Create(suite, groupId, signer, ownLeaf, groupExtensions, random);

    /// <summary>
    /// A group of one and a Welcome to it, so that creating and joining are one path and a crash between them loses
    /// nothing: no state is kept, the creator joins by the Welcome.
    /// </summary>
    public static GroupCreation CreateWithWelcome(Opaque groupId, KeyPackageBundle creator, SignatureKeyPair signer, ExtensionList groupExtensions, FillRandom random) =>
        Creating.CreateWithWelcome(groupId, creator, signer, groupExtensions, random);

    /// <summary>
    /// §12.4.3.1: enters the group that a Welcome describes. The caller refuses a group_id that it is a member of
    /// already, and deletes the bundle once the state is stored.
    /// </summary>
    /// <exception cref="MlsException">What is wrong with the Welcome, its GroupInfo or the tree.</exception>
    public static MlsGroup Join(Welcome welcome, KeyPackageBundle bundle, SignatureKeyPair signer, JoinOptions options) =>
        Joining.Join(welcome, bundle, signer, options).Group;

    /// <summary>The same, with the GroupInfo, whose extensions the application may want to check before it stores the group.</summary>
    public static MlsGroup Join(Welcome welcome, KeyPackageBundle bundle, SignatureKeyPair signer, JoinOptions options, out GroupInfo groupInfo)
    {
        (var group, groupInfo) = Joining.Join(welcome, bundle, signer, options);
        return group;
    }

    /// <summary>§12.4.3.2: makes an external commit, by which this client joins the group that a GroupInfo describes.</summary>
    /// <exception cref="MlsException">What is wrong with the GroupInfo or the tree, or why the commit would be invalid.</exception>
    public static ExternalJoin JoinExternally(GroupInfo groupInfo, SignatureKeyPair signer, ExternalJoinOptions options, FillRandom random) =>
        ExternalJoining.Join(groupInfo, signer, options, random);

    /// <summary>§11.2: creates the group that this one goes on as, after its ReInit was committed.</summary>
    /// <exception cref="MlsException">What is wrong with the members' key packages; <see cref="MlsError.NotAContinuation"/> when members are missing.</exception>
    public GroupStart Reinitialize(SubgroupRequest request, FillRandom random) => Continuing.Reinitialize(this, request, random);

    /// <summary>§11.3: creates a group of some of this one's members.</summary>
    /// <exception cref="MlsException">What is wrong with the members' key packages; <see cref="MlsError.NotAContinuation"/> when they are no members.</exception>
    public GroupStart Branch(Opaque groupId, SubgroupRequest request, FillRandom random) => Continuing.Branch(this, groupId, request, random);

    /// <summary>§12.1: a proposal for others, or this member, to commit in this epoch. It is kept: <see cref="SerializeEpoch"/> changes.</summary>
    /// <exception cref="MlsException">Why the proposal is not valid in this epoch.</exception>
    /// <exception cref="ArgumentException">An Update, which <see cref="ProposeUpdate"/> makes; framing that is not for it: a SelfRemove is a PublicMessage.</exception>
    public SentProposal Propose(Proposal proposal, FramingOptions framing, FillRandom random) => Proposing.Propose(this, proposal, framing, random);

    /// <summary>§12.1.2: the proposal to renew this member's leaf; its private key is kept with the epoch.</summary>
    /// <exception cref="MlsException">Why the leaf would not be valid in this group.</exception>
    public SentProposal ProposeUpdate(LeafChange change, FramingOptions framing, FillRandom random) => Proposing.ProposeUpdate(this, change, framing, random);

    /// <summary>§12.1: checks a proposal that was sent on its own and keeps it with the epoch, for a commit that names it.</summary>
    /// <exception cref="MlsException">The rule that the message breaks; <see cref="MlsError.OwnMessage"/> for an encrypted one of this member's own.</exception>
    public ProposalRef Receive(MlsMessage proposal) => ProposalReceiving.Receive(this, proposal);

    /// <summary>§12.2, §12.4: those of <see cref="Proposals"/> that this member can commit together, in the order they came.</summary>
    /// <param name="options">
    /// What the commit will be made with: lifetimes, credentials and PSKs are judged by it. Without it no PSK is known.
    /// </param>
    public ImmutableArray<ProposalRef> SelectProposals(ProcessOptions? options = null) =>
        ProposalSelection.Select(Public, OwnLeaf, options ?? new ProcessOptions());

    /// <summary>§12.4.1: makes a commit, to be merged when the Delivery Service accepted it, or dropped.</summary>
    /// <exception cref="MlsException">Why the commit would not be valid.</exception>
    public PendingCommit Commit(CommitRequest request, FillRandom random) => Committing.Commit(this, request, random);

    /// <summary>The next epoch by this member's own commit.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.NoSuchPendingCommit"/>: it is of another epoch or was merged already.</exception>
    public MlsGroup Merge(PendingCommit pending) => pending.TakeNext(this);

    /// <summary>§12.4.2: checks another member's commit and derives the next epoch's state beside this one.</summary>
    /// <exception cref="MlsException">
    /// The rule that the commit breaks; <see cref="MlsError.OwnMessage"/> for this member's own, which is merged from its pending commit.
    /// </exception>
    public StagedCommit Process(MlsMessage commit, ProcessOptions? options = null) => CommitProcessing.Process(this, commit, options ?? new ProcessOptions());

    /// <summary>The next epoch by another member's commit.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.Removed"/>, or <see cref="MlsError.NoSuchPendingCommit"/>: it is of another epoch or was merged already.</exception>
    public MlsGroup Merge(StagedCommit staged) => staged.TakeNext(this);

    /// <summary>§12.4.3: this epoch as a GroupInfo, signed by this member.</summary>
    public GroupInfo ExportGroupInfo(GroupInfoOptions options) =>
        GroupInfoMaking.Sign(Suite, Public.Context, Public.Tree, Secrets, Public.ConfirmationTag, OwnLeaf, Signer.PrivateKey, options);

    /// <summary>§6.3: encrypts application data with the next generation of the own ratchet.</summary>
    /// <param name="paddingTo">Content, signature and padding have at least this many bytes under the encryption, so that shorter messages look alike.</param>
    public PrivateMessage Protect(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> authenticatedData, int paddingTo, FillRandom random) =>
        Protecting.Protect(this, plaintext, authenticatedData, paddingTo, random);

    /// <summary>§6.3: decrypts another member's application message of this epoch, and deletes its key.</summary>
    /// <exception cref="MlsException">
    /// Why it does not open; <see cref="MlsError.OwnMessage"/> for this member's own, <see cref="MlsError.GenerationConsumed"/> for one read before.
    /// </exception>
    public UnprotectedMessage Unprotect(PrivateMessage message) => Unprotecting.Unprotect(this, message);

    /// <summary>§8.5: a secret of the epoch for the application.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.ExportTooLong"/>.</exception>
    public Secret Export(ReadOnlySpan<byte> label, ReadOnlySpan<byte> context, int length) => Secrets.Export(Suite, label, context, length);

    /// <summary>
    /// Derives the keys of the next application generations into memory and moves the own ratchet past them: once
    /// <see cref="SerializeSending"/> is stored after this, no crash can make a key be used twice.
    /// </summary>
    public void ReserveGenerations(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Sending.Reserve(Suite, count);
    }

    /// <summary>How many messages can be protected before the own ratchet moves again.</summary>
    public int ReservedGenerations => Sending.Reserved;

    /// <summary>§9.1: the generation that the own application ratchet has come to: those before it were given out or reserved.</summary>
    public ulong NextGeneration => Sending.NextApplicationGeneration;

    /// <summary>
    /// §6.3.2: which generation of the own ratchet a message claims: it says whether this state has given that key out.
    /// Null for another member's, and where the sender data does not open.
    /// </summary>
    public ulong? OwnGenerationOf(PrivateMessage message)
    {
        try
        {
            OpenedPrivateMessage.CheckIsOf(Public.Context, message);
            var sender = new PrivateMessageCipher(Suite, Secrets.SenderData).OpenSenderData(message);
            return sender.Leaf == OwnLeaf && message.ContentType == ContentType.Application ? sender.Generation.Value : null;
        }
        catch (MlsException)
        {
            // Whose it is cannot be said: a message that was damaged, or is of another epoch.
            return null;
        }
    }

    /// <summary>Tree, context, epoch secrets and own private keys: what changes only from epoch to epoch, and with each proposal that is sent on its own.</summary>
    public Secret SerializeEpoch() => GroupState.WriteEpoch(this);

    /// <summary>The others' ratchets: what changes with every message read.</summary>
    public Secret SerializeReceiving() => GroupState.WriteReceiving(this);

    /// <summary>The own ratchets, past the reserved generations, whose keys are in memory only. An encrypted proposal or commit moves them too.</summary>
    public Secret SerializeSending() => GroupState.WriteSending(this);

    /// <summary>What the three wrote, of one epoch.</summary>
    /// <param name="signers">The pair of the own leaf, and those of Updates that were proposed with another.</param>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidState"/> or a codec error.</exception>
    public static MlsGroup Deserialize(ReadOnlySpan<byte> epoch, ReadOnlySpan<byte> receiving, ReadOnlySpan<byte> sending, params IReadOnlyCollection<SignatureKeyPair> signers) =>
        GroupState.Read(epoch, receiving, sending, signers);

    /// <summary>A pending commit with the epoch that it leads to.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.NoSuchPendingCommit"/>: it is of another epoch or was merged already.</exception>
    public Secret SerializePending(PendingCommit pending)
    {
        pending.CheckIsOf(this);
        return GroupState.WriteCommit(pending.Commit, pending.Welcome, pending.GroupInfo, pending.Next);
    }

    /// <summary>What <see cref="SerializePending"/> wrote, of this epoch.</summary>
    /// <param name="nextSigner">The pair that the commit gives the own leaf; the group's when null.</param>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidState"/>, <see cref="MlsError.NoSuchPendingCommit"/> or a codec error.</exception>
    public PendingCommit DeserializePending(ReadOnlySpan<byte> pending, SignatureKeyPair? nextSigner = null)
    {
        var (commit, welcome, groupInfo, next) = GroupState.ReadCommit(pending, [nextSigner ?? Signer]);
        var read = new PendingCommit(commit, welcome, groupInfo, next);
        read.CheckIsOf(this);
        return read;
    }

    /// <summary>Zeroes the epoch's secrets.</summary>
    public void Dispose()
    {
        Secrets.Dispose();
        PrivateKeys.Dispose();
        Sending.Dispose();
        Receiving.Dispose();
        foreach (var update in OwnUpdates)
            update.Dispose();
    }

    /// <exception cref="MlsException"><see cref="MlsError.GroupEnded"/>.</exception>
    internal void CheckNotEnded()
    {
        if (ReInit is not null)
            throw new MlsException(MlsError.GroupEnded, "it goes on as another by its ReInit");
    }

    /// <summary>§6.3: that an encrypted message is of this group and epoch.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.WrongGroup"/>, <see cref="MlsError.WrongEpoch"/> or <see cref="MlsError.GroupEnded"/>.</exception>
    internal void CheckCurrent(PrivateMessage message)
    {
        OpenedPrivateMessage.CheckIsOf(Public.Context, message);
        CheckNotEnded();
    }

    /// <summary>A member's state at the start of an epoch: the encryption_secret becomes the secret tree, split at the own leaf.</summary>
    internal static MlsGroup Enter(PublicGroup publicGroup, LeafIndex ownLeaf, SignatureKeyPair signer, EpochSecrets secrets, TreePrivateKeys privateKeys)
    {
        var (sending, receiving) = ReceivingTree.Split(publicGroup.Suite, secrets.TakeEncryption(), publicGroup.Tree.LeafCount, ownLeaf);
        return new MlsGroup(publicGroup, ownLeaf, signer, secrets, privateKeys, sending, receiving);
    }
}
