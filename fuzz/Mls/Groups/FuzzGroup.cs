using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.Fuzz.Mls.Groups;

/// <summary>
/// A live group, the same in every run: filled and blank leaves and parents, an unmerged leaf. Bob is at whom inputs are
/// thrown; Alice is the insider who signs and encrypts them, so that they are refused for what is in them.
/// </summary>
internal sealed class FuzzGroup : IDisposable
{
    public static readonly CipherSuite Suite = CipherSuite.Get(CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519);

    private readonly List<FuzzMember> _members = [];

    public FuzzGroup()
    {
        Alice = Member("alice");
        Bob = Member("bob");
        Joiner = Member("joiner");
        var (carol, dave, erin, frank) = (Member("carol"), Member("dave"), Member("erin"), Member("frank"));
        Alice.Group = MlsGroup.Create(Suite, Opaque.Copy("a group"u8), Alice.Signer, Alice.Bundle, ExtensionList.Empty, Random.Fill);
        Add(path: true, Bob, carol, dave, erin);
        Commit(erin, []);
        Commit(carol, []);
        Commit(Alice, [new RemoveProposal(dave.Group.OwnLeaf)], gone: dave);
        Add(path: false, frank);
        Pending = Alice.Group.Commit(new CommitRequest { Proposals = [new AddProposal(Joiner.Bundle.KeyPackage), new RemoveProposal(carol.Group.OwnLeaf)] }, Random.Fill);
    }

    public SeededRandom Random { get; } = new(9420);

    public FuzzMember Alice { get; }

    public FuzzMember Bob { get; }

    /// <summary>Who Alice's pending commit adds.</summary>
    public FuzzMember Joiner { get; }

    /// <summary>Alice's commit with an Add, a Remove and a path, not delivered.</summary>
    public PendingCommit Pending { get; }

    public PublicMessage PendingMessage => Pending.Commit.PublicMessage!;

    public GroupContext Context => Alice.Group.Public.Context;

    /// <summary>Who signs with a leaf's key.</summary>
    public FuzzMember? Owner(SignaturePublicKey key) => _members.Find(member => member.Signer.PublicKey == key);

    /// <summary>What a member says, signed and tagged; a commit gets the confirmation tag.</summary>
    /// <param name="by">Alice when null.</param>
    public PublicMessage Frame(FramedContent content, Opaque? confirmationTag, FuzzMember? by = null)
    {
        var signed = AuthenticatedContent.Sign(Suite, WireFormat.PublicMessage, content, Context, (by ?? Alice).Signer.PrivateKey);
        if (confirmationTag is { } tag && content.Body is CommitBody)
            signed = signed.WithConfirmationTag(tag);
        return MembershipTag.Protect(Suite, signed, Context, Alice.Group.Secrets);
    }

    /// <summary>Content of Alice's in this epoch.</summary>
    public FramedContent Content(FramedBody body) =>
        new(Context.GroupId, Context.Epoch, Sender.Member(Alice.Group.OwnLeaf), Opaque.Empty, body);

    /// <summary>Proposals on their own, one of each kind that a member can send.</summary>
    public IEnumerable<Proposal> Proposals() =>
    [
        new AddProposal(Joiner.Bundle.KeyPackage),
        new RemoveProposal(new LeafIndex(2)),
        new PreSharedKeyProposal(new ExternalPskId(Opaque.Copy("psk"u8), Opaque.Copy(new byte[Suite.HashSize]))),
        new ReInitProposal(Opaque.Copy("the next group"u8), ProtocolVersion.Mls10, Suite.Id, ExtensionList.Empty),
        new GroupContextExtensionsProposal(new ExtensionList(new Extension(ExtensionType.RequiredCapabilities, Tls.Encode(new RequiredCapabilities([], [], []))))),
    ];

    public PublicGroup Observer() => PublicGroup.Deserialize(Alice.Group.Public.Serialize().Span);

    public void Dispose()
    {
        Pending.Dispose();
        foreach (var member in _members)
            member.Dispose();
    }

    private FuzzMember Member(string name)
    {
        var member = new FuzzMember(Suite, name, Random);
        _members.Add(member);
        return member;
    }

    private IEnumerable<FuzzMember> Inside => _members.Where(member => member.IsInside);

    private void Add(bool path, params FuzzMember[] joiners)
    {
        using var pending = Alice.Group.Commit(new CommitRequest { Proposals = [.. joiners.Select(joiner => new AddProposal(joiner.Bundle.KeyPackage))], ForcePath = path }, Random.Fill);
        Deliver(Alice, pending);
        foreach (var joiner in joiners)
            joiner.Group = MlsGroup.Join(pending.Welcome!, joiner.Bundle, joiner.Signer, new JoinOptions());
    }

    private void Commit(FuzzMember committer, Proposal[] proposals, FuzzMember? gone = null)
    {
        using var pending = committer.Group.Commit(new CommitRequest { Proposals = [.. proposals] }, Random.Fill);
        gone?.Leave();
        Deliver(committer, pending);
    }

    private void Deliver(FuzzMember committer, PendingCommit pending)
    {
        foreach (var member in Inside.Where(member => member != committer))
        {
            using var staged = member.Group.Process(pending.Commit);
            member.Group = member.Group.Merge(staged);
        }
        committer.Group = committer.Group.Merge(pending);
    }
}
