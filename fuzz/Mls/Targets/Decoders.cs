using System.Collections.Immutable;
using Skytale.Fuzz.Mls.Groups;
using Skytale.Fuzz.Mls.Running;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.Fuzz.Mls.Targets;

/// <summary>A target for each structure that can be decoded by itself.</summary>
internal static class Decoders
{
    public static IEnumerable<FuzzTarget> All()
    {
        using var group = new FuzzGroup();
        var (commit, tree) = (Corpus.Commit(group), group.Alice.Group.Public.Tree);
        var publicMessages = Corpus.PublicMessages(group);
        ImmutableArray<Proposal> proposals =
        [
            .. group.Proposals(), new UpdateProposal(commit.Path!.LeafNode), new ExternalInitProposal(Opaque.Copy(new byte[32])), new SelfRemoveProposal(),
        ];
        ImmutableArray<PreSharedKeyId> psks =
        [
            new ExternalPskId(Opaque.Copy("psk"u8), Opaque.Copy(new byte[32])),
            new ResumptionPskId(ResumptionPskUsage.Application, Opaque.Copy("a group"u8), new Epoch(3), Opaque.Copy(new byte[32])),
        ];
        using var secrets = new GroupSecrets(Secret.Zero(32), Secret.Zero(32), psks);
        using var secretsWithoutPath = new GroupSecrets(Secret.Zero(32), null, []);
        var extensions = new ExtensionList(
            new Extension(ExtensionType.RequiredCapabilities, Tls.Encode(new RequiredCapabilities([ExtensionType.ApplicationId], [ProposalType.Add], [CredentialType.Basic]))),
            new Extension((ExtensionType)0x2a2a, Opaque.Copy("grease"u8)));
        return
        [
            new DecoderTarget<MlsMessage>("mls-message", Corpus.Messages(group)),
            new DecoderTarget<PublicMessage>("public-message", publicMessages),
            new DecoderTarget<PrivateMessage>("private-message", Corpus.PrivateMessage(group)),
            new DecoderTarget<Welcome>("welcome", group.Pending.Welcome!),
            new DecoderTarget<GroupInfo>("group-info", group.Pending.GroupInfo),
            new DecoderTarget<KeyPackage>("key-package", group.Joiner.Bundle.KeyPackage),
            new DecoderTarget<RatchetTree>("ratchet-tree", tree),
            new DecoderTarget<Commit>("commit", commit, commit with { Path = null }, new Commit([new ProposalByReference(new ProposalRef(Opaque.Copy(new byte[32])))], null)),
            new DecoderTarget<Proposal>("proposal", proposals),
            new DecoderTarget<ProposalOrRef>("proposal-or-ref", [.. proposals.Select(proposal => new ProposalByValue(proposal)), new ProposalByReference(new ProposalRef(Opaque.Copy(new byte[32])))]),
            new DecoderTarget<LeafNode>("leaf-node", Corpus.Leaves(group)),
            new DecoderTarget<ParentNode>("parent-node", tree.Parents.Select(parent => parent.Parent)),
            new DecoderTarget<UpdatePath>("update-path", commit.Path!),
            new DecoderTarget<FramedContent>("framed-content", publicMessages.Select(message => message.Content)),
            new DecoderTarget<AuthenticatedContent>("authenticated-content", publicMessages.Select(message => message.Authenticated)),
            new DecoderTarget<GroupContext>("group-context", group.Context, group.Context with { Extensions = extensions }),
            new DecoderTarget<GroupSecrets>("group-secrets", secrets, secretsWithoutPath),
            new DecoderTarget<PreSharedKeyId>("pre-shared-key-id", psks),
            new DecoderTarget<Credential>("credential", new BasicCredential(Opaque.Copy("alice"u8)), new X509Credential([new Certificate(Opaque.Copy([0x30, 0x00])), new Certificate(Opaque.Empty)])),
            new DecoderTarget<Capabilities>("capabilities", Capabilities.Basic(FuzzGroup.Suite.Id)),
            new DecoderTarget<ExtensionList>("extension-list", extensions),
            new DecoderTarget<RequiredCapabilities>("required-capabilities", new RequiredCapabilities([ExtensionType.ApplicationId], [ProposalType.Add], [CredentialType.Basic])),
            new DecoderTarget<ExternalPub>("external-pub", new ExternalPub(group.Joiner.Bundle.KeyPackage.InitKey)),
            new DecoderTarget<ExternalSenders>("external-senders", new ExternalSenders([new ExternalSender(group.Joiner.Signer.PublicKey, new BasicCredential(Opaque.Copy("a sender"u8)))])),
            new DecoderTarget<HpkeCiphertext>("hpke-ciphertext", new HpkeCiphertext(Opaque.Copy(new byte[32]), Opaque.Copy(new byte[48]))),
        ];
    }
}
