using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;

namespace Skytale.Mls.Groups;

/// <summary>§11.2, §11.3: starting a group that continues another, linked to it by a resumption PSK.</summary>
internal static class Continuing
{
    public static GroupStart Reinitialize(MlsGroup old, SubgroupRequest request, FillRandom random)
    {
        var reInit = old.ReInit ?? throw new InvalidOperationException("No ReInit was committed in this group.");
        if (reInit.Version != ProtocolVersion.Mls10)
            throw new MlsException(MlsError.UnsupportedVersion, $"{(ushort)reInit.Version}");
        return Start(old, ResumptionPskUsage.ReInit, CipherSuite.Get(reInit.CipherSuite), reInit.GroupId, reInit.Extensions, request, random);
    }

    public static GroupStart Branch(MlsGroup old, Opaque groupId, SubgroupRequest request, FillRandom random) =>
        Start(old, ResumptionPskUsage.Branch, old.Suite, groupId, request.Extensions ?? old.Public.Context.Extensions, request, random);

    private static GroupStart Start(
        MlsGroup old, ResumptionPskUsage usage, CipherSuite suite, Opaque groupId, ExtensionList extensions, SubgroupRequest request, FillRandom random)
    {
        // §8.4: psk_nonce is a fresh random value of KDF.Nh bytes of the new group's suite.
        var nonce = new byte[suite.HashSize];
        random(nonce);
        var link = new ResumptionPskId(usage, old.GroupId, old.Epoch, new Opaque(nonce));
        ImmutableArray<Proposal> proposals = [new PreSharedKeyProposal(link), .. request.Members.Select(member => new AddProposal(member))];

        using var first = MlsGroup.Create(suite, groupId, request.Signer, request.OwnLeaf, extensions, random);
        using var commit = Committing.Commit(
            first,
            new CommitRequest
            {
                Proposals = proposals,
                ForcePath = request.ForcePath,
                GroupInfo = request.GroupInfo,
                Lifetimes = request.Lifetimes,
                Accept = request.Accept,
                FindPsk = _ => old.ResumptionPsk,
            },
            random,
            usage);
        Continuation.Check(usage, old, commit.Next.Public, request.SameMember);
        return new GroupStart(first.Merge(commit), commit.Welcome);
    }
}
