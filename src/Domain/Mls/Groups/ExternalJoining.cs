using System.Collections.Immutable;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>§12.4.3.2: joining by a commit of one's own.</summary>
internal static class ExternalJoining
{
    public static ExternalJoin Join(GroupInfo groupInfo, SignatureKeyPair signer, ExternalJoinOptions options, FillRandom random)
    {
        // A joiner believes nobody: all of the GroupInfo and of its tree is checked as for a Welcome.
        var group = PublicGroup.FromGroupInfo(groupInfo, options.RatchetTree, options.Lifetimes, options.Accept);
        var externalPub = groupInfo.Extensions.Find<ExternalPub>(ExtensionType.ExternalPub)
            ?? throw new MlsException(MlsError.InvalidGroupInfo, "it holds no external_pub to join by");
        if (!group.Suite.IsValidPublicKey(externalPub.PublicKey.Value))
            throw new MlsException(MlsError.InvalidPublicKey, "external_pub");

        // §8.3: kem_output, context = SetupBaseS(external_pub, ""); init_secret = context.export("MLS 1.0 external init secret", KDF.Nh)
        var (kemOutput, initSecret) = group.Suite.ExternalInit(externalPub.PublicKey, random);
        using (initSecret)
        {
            var made = CommitMaking.Make(
                new CommitDraft
                {
                    Group = group,
                    Sender = Sender.NewMemberCommit,
                    Proposals = Proposals(group, kemOutput, options),
                    Leaf = Leaf(signer, options),
                    Signer = signer,
                    NextSigner = signer,
                    Known = null,
                    InitSecret = initSecret,
                    ForcePath = true,
                    Framing = new FramingOptions { AuthenticatedData = options.AuthenticatedData },
                    GroupInfo = options.GroupInfo,
                    FindPsk = options.FindPsk,
                },
                random);
            return new ExternalJoin(new MlsMessage(new PublicMessage(made.Signed.Content, made.Signed.Auth, null)), made.GroupInfo, made.Next);
        }
    }

    private static ImmutableArray<ProposalOrRef> Proposals(PublicGroup group, Codec.Opaque kemOutput, ExternalJoinOptions options)
    {
        var proposals = ImmutableArray.CreateBuilder<ProposalOrRef>();
        proposals.Add(new ProposalByValue(new ExternalInitProposal(kemOutput)));
        if (options.Replaces is { } replaced)
            proposals.Add(new ProposalByValue(new RemoveProposal(replaced)));
        foreach (var psk in options.Psks)
            proposals.Add(new ProposalByValue(new PreSharedKeyProposal(psk)));
        foreach (var message in options.Leaving)
        {
            // All of a SelfRemove is checked but its membership tag, which members alone can check.
            var sent = message.PublicMessage ?? throw new MlsException(MlsError.WrongWireFormat, $"a SelfRemove as {message.WireFormat}");
            proposals.Add(new ProposalByReference(group.Keep(group.Verify(sent))));
        }
        return proposals.ToImmutable();
    }

    // The commit's path gives it its keys and its signature.
    private static LeafNode Leaf(SignatureKeyPair signer, ExternalJoinOptions options) => new()
    {
        EncryptionKey = default,
        SignatureKey = signer.PublicKey,
        Credential = options.Credential,
        Capabilities = options.Capabilities,
        Source = LeafNodeSource.Commit,
        Extensions = options.LeafExtensions,
    };
}
