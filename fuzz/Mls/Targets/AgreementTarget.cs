using Skytale.Fuzz.Mls.Groups;
using Skytale.Fuzz.Mls.Running;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.Fuzz.Mls.Targets;

/// <summary>
/// Lists of proposals, one a pair of bytes: Alice refuses to commit the list, or Bob and the Delivery Service take her
/// commit and all are in the same next epoch.
/// </summary>
internal sealed class AgreementTarget : FuzzTarget
{
    private const int MostProposals = 8;

    private readonly byte[][] _alice;
    private readonly byte[][] _bob;
    private readonly FuzzMember[] _strangers;

    public AgreementTarget(FuzzGroup group) : base(group)
    {
        _alice = Group.Alice.Save();
        _bob = Group.Bob.Save();
        _strangers = [.. Enumerable.Range(0, 4).Select(i => new FuzzMember(FuzzGroup.Suite, $"stranger {i}", Group.Random))];
    }

    // An Add, a Remove, a PSK, new extensions, an Update of Bob's by reference, nothing, and several of them.
    public override IReadOnlyList<byte[]> Seeds { get; } = [[0, 0], [1, 2], [2, 0], [3, 0], [4, 0], [], [0, 1, 1, 2, 2, 0, 3, 0], [0, 0, 4, 0, 1, 4, 0, 2]];

    public override void Take(byte[] input)
    {
        // What was proposed on its own is kept by both, whatever became of the commit.
        if (Group.Alice.Group.Proposals.Length > 0 || Group.Bob.Group.Proposals.Length > 0)
        {
            Group.Alice.Restore(_alice);
            Group.Bob.Restore(_bob);
        }
        var (byValue, byReference) = (new List<Proposal>(), new List<ProposalRef>());
        foreach (var pair in input.Chunk(2).Take(MostProposals))
        {
            // The number of the kind, then which of them; from 128 on Bob sends the proposal on its own.
            var (kind, which) = (pair[0] % 9, pair.Length > 1 ? pair[1] : (byte)0);
            if (kind == 4)
                byReference.Add(FromBob(Group.Bob.Group.ProposeUpdate(new LeafChange(), FramingOptions.Default, Group.Random.Fill)));
            else if (which >= 128 && kind != 5)
                byReference.Add(FromBob(Group.Bob.Group.Propose(ProposalOf(kind, which), FramingOptions.Default, Group.Random.Fill)));
            else
                byValue.Add(ProposalOf(kind, which));
        }
        var request = new CommitRequest { Proposals = [.. byValue], References = [.. byReference], ForcePath = input.Length % 3 == 0, FindPsk = FindPsk };
        using var pending = Commit(request);
        ShouldFollow(Tls.Decode<MlsMessage>(Tls.Encode(pending.Commit)), pending);
    }

    public override void Dispose()
    {
        foreach (var stranger in _strangers)
            stranger.Dispose();
        base.Dispose();
    }

    private ProposalRef FromBob(SentProposal sent) => Group.Alice.Group.Receive(Tls.Decode<MlsMessage>(Tls.Encode(sent.Message)));

    private PendingCommit Commit(CommitRequest request)
    {
        var before = Group.Alice.Save();
        try
        {
            return Group.Alice.Group.Commit(request, Group.Random.Fill);
        }
        catch (MlsException e)
        {
            if (!before.SelectMany(part => part).SequenceEqual(Group.Alice.Save().SelectMany(part => part)))
                throw new FuzzFault($"{e.Error} by Alice herself, but her state changed", e);
            throw;
        }
    }

    private void ShouldFollow(MlsMessage commit, PendingCommit pending)
    {
        try
        {
            var observer = Group.Bob.Group.Public;
            var followed = observer.Stage(observer.Verify(commit.PublicMessage!));
            observer.VerifyGroupInfo(followed, pending.GroupInfo);
            using var staged = Group.Bob.Group.Process(commit, new ProcessOptions { FindPsk = FindPsk });
            if (staged.RemovesMe)
                return;
            using var bob = Group.Bob.Group.Merge(staged);
            using var alice = Group.Alice.Group.Merge(pending);
            using var ours = alice.EpochAuthenticator;
            using var theirs = bob.EpochAuthenticator;
            if (!ours.FixedTimeEquals(theirs))
                throw new FuzzFault("Alice and Bob are in different epochs");
        }
        catch (MlsException e)
        {
            throw new FuzzFault($"Alice commits what others refuse: {e.Message}", e);
        }
    }

    private Proposal ProposalOf(int kind, byte which) => kind switch
    {
        0 => new AddProposal(_strangers[which % _strangers.Length].Bundle.KeyPackage),
        1 => new RemoveProposal(new LeafIndex(which % 10u)),
        2 => new PreSharedKeyProposal(new ExternalPskId(Opaque.Copy([(byte)(which % 3)]), Opaque.Copy(new byte[which % 5 == 4 ? FuzzGroup.Suite.HashSize - 1 : FuzzGroup.Suite.HashSize]))),
        3 => new GroupContextExtensionsProposal(new ExtensionList(ExtensionOf(which))),
        5 => new UpdateProposal(Group.Bob.Bundle.KeyPackage.LeafNode),
        6 => new ReInitProposal(Opaque.Copy("next"u8), ProtocolVersion.Mls10, FuzzGroup.Suite.Id, ExtensionList.Empty),
        7 => new ExternalInitProposal(Opaque.Copy(new byte[32])),
        _ => new SelfRemoveProposal(),
    };

    private static Extension ExtensionOf(byte which) => (which % 4) switch
    {
        0 => new Extension(ExtensionType.RequiredCapabilities, Tls.Encode(new RequiredCapabilities([], [], []))),
        1 => new Extension(ExtensionType.RequiredCapabilities, Tls.Encode(new RequiredCapabilities([(ExtensionType)0xff00], [], []))),
        2 => new Extension(ExtensionType.ExternalSenders, Opaque.Copy([1])),
        _ => new Extension((ExtensionType)0x1a1a, Opaque.Empty),
    };

    // The first two are known to both.
    private static Secret? FindPsk(PreSharedKeyId id) =>
        id is ExternalPskId { PskId: var name } && name.Span[0] < 2 ? Secret.Copy("a pre-shared key of thirty-two b"u8) : null;
}
