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
    private static readonly Opaque ThirtyTwo = Opaque.Copy(new byte[32]);

    public static Dictionary<string, Func<FuzzGroup, FuzzTarget>> All { get; } = new()
    {
        ["mls-message"] = group => new DecoderTarget<MlsMessage>(group, Corpus.Messages(group)),
        ["public-message"] = group => new DecoderTarget<PublicMessage>(group, Corpus.PublicMessages(group)),
        ["private-message"] = group => new DecoderTarget<PrivateMessage>(group, Corpus.PrivateMessage(group)),
        ["welcome"] = group => new DecoderTarget<Welcome>(group, group.Pending.Welcome!),
        ["group-info"] = group => new DecoderTarget<GroupInfo>(group, group.Pending.GroupInfo),
        ["key-package"] = group => new DecoderTarget<KeyPackage>(group, group.Joiner.Bundle.KeyPackage),
        ["ratchet-tree"] = group => new DecoderTarget<RatchetTree>(group, group.Alice.Group.Public.Tree),
        ["commit"] = group => new DecoderTarget<Commit>(group, Commits(group)),
        ["proposal"] = group => new DecoderTarget<Proposal>(group, Proposals(group)),
        ["proposal-or-ref"] = group => new DecoderTarget<ProposalOrRef>(group, [.. Proposals(group).Select(proposal => new ProposalByValue(proposal)), Reference]),
        ["leaf-node"] = group => new DecoderTarget<LeafNode>(group, Corpus.Leaves(group)),
        ["parent-node"] = group => new DecoderTarget<ParentNode>(group, group.Alice.Group.Public.Tree.Parents.Select(parent => parent.Parent)),
        ["update-path"] = group => new DecoderTarget<UpdatePath>(group, Corpus.Commit(group).Path!),
        ["framed-content"] = group => new DecoderTarget<FramedContent>(group, Corpus.PublicMessages(group).Select(message => message.Content)),
        ["authenticated-content"] = group => new DecoderTarget<AuthenticatedContent>(group, Corpus.PublicMessages(group).Select(message => message.Authenticated)),
        ["group-context"] = group => new DecoderTarget<GroupContext>(group, group.Context, group.Context with { Extensions = Extensions }),
        ["group-secrets"] = GroupSecretsTarget,
        ["pre-shared-key-id"] = group => new DecoderTarget<PreSharedKeyId>(group, Psks),
        ["credential"] = group => new DecoderTarget<Credential>(group, new BasicCredential(ThirtyTwo), new X509Credential([new Certificate(ThirtyTwo), new Certificate(Opaque.Empty)])),
        ["capabilities"] = group => new DecoderTarget<Capabilities>(group, Capabilities.Basic(FuzzGroup.Suite.Id)),
        ["extension-list"] = group => new DecoderTarget<ExtensionList>(group, Extensions),
        ["required-capabilities"] = group => new DecoderTarget<RequiredCapabilities>(group, Required),
        ["external-pub"] = group => new DecoderTarget<ExternalPub>(group, new ExternalPub(group.Joiner.Bundle.KeyPackage.InitKey)),
        ["external-senders"] = group => new DecoderTarget<ExternalSenders>(group, new ExternalSenders([new ExternalSender(group.Joiner.Signer.PublicKey, new BasicCredential(ThirtyTwo))])),
        ["hpke-ciphertext"] = group => new DecoderTarget<HpkeCiphertext>(group, new HpkeCiphertext(ThirtyTwo, ThirtyTwo)),
    };

    private static ProposalByReference Reference => new(new ProposalRef(ThirtyTwo));

    private static RequiredCapabilities Required => new([ExtensionType.ApplicationId], [ProposalType.Add], [CredentialType.Basic]);

    private static ExtensionList Extensions => new(
        new Extension(ExtensionType.RequiredCapabilities, Tls.Encode(Required)), new Extension((ExtensionType)0x2a2a, Opaque.Copy("grease"u8)));

    private static ImmutableArray<PreSharedKeyId> Psks =>
    [
        new ExternalPskId(Opaque.Copy("psk"u8), ThirtyTwo), new ResumptionPskId(ResumptionPskUsage.Application, Opaque.Copy("a group"u8), new Epoch(3), ThirtyTwo),
    ];

    private static IEnumerable<Commit> Commits(FuzzGroup group)
    {
        var commit = Corpus.Commit(group);
        return [commit, commit with { Path = null }, new Commit([Reference], null)];
    }

    private static IEnumerable<Proposal> Proposals(FuzzGroup group) =>
        [.. group.Proposals(), new UpdateProposal(Corpus.Commit(group).Path!.LeafNode), new ExternalInitProposal(ThirtyTwo), new SelfRemoveProposal()];

    private static DecoderTarget<GroupSecrets> GroupSecretsTarget(FuzzGroup group)
    {
        using var secrets = new GroupSecrets(Secret.Zero(32), Secret.Zero(32), Psks);
        using var withoutPath = new GroupSecrets(Secret.Zero(32), null, []);
        return new DecoderTarget<GroupSecrets>(group, secrets, withoutPath);
    }
}
