using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.PublicGroups;

/// <summary>§12.1, §12.2: lists of proposals that a commit must not have. The group stays as it was, each time.</summary>
public sealed class RefusedLists
{
    [Fact]
    public void A_commit_may_not_remove_its_committer()
    {
        var group = ForgedGroup.Of(3);
        group.Refuses(MlsError.CommitterRemovesItself, group.Commit(1, new RemoveProposal(new LeafIndex(1))));
    }

    [Fact]
    public void The_committer_may_not_update_itself_by_value()
    {
        var group = ForgedGroup.Of(3);
        group.Refuses(MlsError.CommitterUpdatesItself, group.Commit(1, group.Update(1)));
    }

    [Fact]
    public void The_committer_may_not_update_itself_by_reference()
    {
        var group = ForgedGroup.Of(3);
        var reference = group.Propose(0, group.Update(0));
        group.Refuses(MlsError.CommitterUpdatesItself, group.CommitReferences(0, reference));
    }

    [Fact]
    public void One_leaf_is_removed_at_most_once()
    {
        var group = ForgedGroup.Of(4);
        var remove = new RemoveProposal(new LeafIndex(2));
        group.Refuses(MlsError.DuplicateLeafProposal, group.Commit(0, remove, remove));
    }

    [Fact]
    public void One_leaf_is_not_both_updated_and_removed()
    {
        var group = ForgedGroup.Of(4);
        var update = group.Propose(2, group.Update(2));
        var remove = group.Propose(1, new RemoveProposal(new LeafIndex(2)));
        group.Refuses(MlsError.DuplicateLeafProposal, group.CommitReferences(0, update, remove));
        group.Refuses(MlsError.DuplicateLeafProposal, group.CommitReferences(0, remove, update));
    }

    [Fact]
    public void One_leaf_is_updated_at_most_once()
    {
        var group = ForgedGroup.Of(4);
        var first = group.Propose(2, group.Update(2));
        var second = group.Propose(2, group.Update(2));
        group.Refuses(MlsError.DuplicateLeafProposal, group.CommitReferences(0, first, second));
    }

    [Theory]
    [InlineData(3u)]
    [InlineData(7u)]
    [InlineData(8u)]
    [InlineData(uint.MaxValue)]
    public void A_leaf_that_is_blank_or_outside_the_tree_is_not_removed(uint leaf)
    {
        var group = ForgedGroup.Of(6);
        group.Apply(group.Commit(0, new RemoveProposal(new LeafIndex(3))));
        group.Refuses(MlsError.BlankLeafProposal, group.Commit(0, new RemoveProposal(new LeafIndex(leaf))));
    }

    [Fact]
    public void One_client_is_added_at_most_once()
    {
        var group = ForgedGroup.Of(2);
        var client = group.Admit(new Client("twice"));
        var other = new Client("twice", signer: client.Signer);
        group.Refuses(MlsError.DuplicateAdd, group.Commit(0, new AddProposal(client.KeyPackage), new AddProposal(other.KeyPackage)));
    }

    [Fact]
    public void A_client_that_is_a_member_is_not_added()
    {
        var group = ForgedGroup.Of(3);
        var again = new Client("again", signer: group[1].Signer);
        group.Refuses(MlsError.DuplicateSignatureKey, group.Commit(0, new AddProposal(again.KeyPackage)));
        group.Refuses(MlsError.DuplicateSignatureKey, group.CommitWithoutPath(0, new AddProposal(again.KeyPackage)));
    }

    [Fact]
    public void A_client_whose_encryption_key_is_in_the_tree_is_not_added()
    {
        var group = ForgedGroup.Of(3);
        var client = group.Admit(new Client("reuses a key"));
        var taken = client.Forge(leaf => leaf with { EncryptionKey = group.Public.Tree[new LeafIndex(2)]!.EncryptionKey });
        group.Refuses(MlsError.DuplicateEncryptionKey, group.CommitWithoutPath(0, new AddProposal(taken)));

        group.Apply(group.Commit(0));
        var parents = client.Forge(leaf => leaf with { EncryptionKey = group.Public.Tree.Parent(group.Public.Tree.Root)!.EncryptionKey });
        group.Refuses(MlsError.DuplicateEncryptionKey, group.CommitWithoutPath(0, new AddProposal(parents)));
    }

    [Fact]
    public void One_psk_is_named_at_most_once()
    {
        var group = ForgedGroup.Of(2);
        var psk = new PreSharedKeyProposal(new ExternalPskId(Opaque.Copy("psk"u8), ForgedGroup.Tag()));
        group.Refuses(MlsError.DuplicatePsk, group.CommitWithoutPath(0, psk, psk));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void The_nonce_of_a_psk_has_the_size_of_a_hash(int size)
    {
        var group = ForgedGroup.Of(2);
        var psk = new PreSharedKeyProposal(new ExternalPskId(Opaque.Copy("psk"u8), Opaque.Copy(new byte[size])));
        group.Refuses(MlsError.InvalidPsk, group.CommitWithoutPath(0, psk));
    }

    [Theory]
    [InlineData(ResumptionPskUsage.ReInit)]
    [InlineData(ResumptionPskUsage.Branch)]
    public void Psks_of_other_procedures_are_not_for_commits(ResumptionPskUsage usage)
    {
        var group = ForgedGroup.Of(2);
        var psk = new PreSharedKeyProposal(new ResumptionPskId(usage, ForgedGroup.Id, new Epoch(0), ForgedGroup.Tag()));
        group.Refuses(MlsError.InvalidPsk, group.CommitWithoutPath(0, psk));
    }

    [Fact]
    public void The_extensions_of_a_group_are_replaced_at_most_once()
    {
        var group = ForgedGroup.Of(2);
        var extensions = new GroupContextExtensionsProposal(ExtensionList.Empty);
        group.Refuses(MlsError.DuplicateGroupContextExtensions, group.Commit(0, extensions, extensions));
    }

    [Fact]
    public void A_reinit_stands_alone()
    {
        var group = ForgedGroup.Of(2);
        var reInit = new ReInitProposal(Opaque.Copy("next"u8), ProtocolVersion.Mls10, Client.Suite.Id, ExtensionList.Empty);
        group.Refuses(MlsError.ReInitNotAlone, group.Commit(0, reInit, group.Adds(1)[0]));
        group.Refuses(MlsError.ReInitNotAlone, group.Commit(0, group.Adds(1)[0], reInit));
        group.Refuses(MlsError.ReInitNotAlone, group.Commit(0, reInit, reInit));
        group.Refuses(MlsError.InvalidProposal, group.CommitWithoutPath(0, reInit with { Version = default }));
    }

    [Fact]
    public void External_init_is_for_external_commits()
    {
        var group = ForgedGroup.Of(2);
        group.Refuses(MlsError.MisplacedExternalInit, group.Commit(0, new ExternalInitProposal(Client.FreshKey().Value)));
    }

    [Fact]
    [Fault(28)]
    public void A_proposal_that_was_not_kept_in_this_epoch_cannot_be_referred_to()
    {
        var group = ForgedGroup.Of(3);
        var reference = group.Propose(1, new RemoveProposal(new LeafIndex(2)));
        group.Refuses(MlsError.UnknownProposalReference, group.CommitReferences(0, new ProposalRef(ForgedGroup.Tag())));
        group.Apply(group.Commit(0));
        group.Refuses(MlsError.UnknownProposalReference, group.CommitReferences(0, reference));
    }

    [Fact]
    [Fault(17)]
    public void Everything_but_adds_psks_and_reinits_needs_a_path()
    {
        var group = ForgedGroup.Of(4);
        group.Refuses(MlsError.PathRequired, group.CommitWithoutPath(0));
        group.Refuses(MlsError.PathRequired, group.CommitWithoutPath(0, new RemoveProposal(new LeafIndex(2))));
        group.Refuses(MlsError.PathRequired, group.CommitWithoutPath(0, group.Adds(1)[0], new RemoveProposal(new LeafIndex(2))));
        group.Refuses(MlsError.PathRequired, group.CommitWithoutPath(0, new GroupContextExtensionsProposal(ExtensionList.Empty)));

        var update = new ProposalByReference(group.Propose(1, group.Update(1)));
        group.Refuses(MlsError.PathRequired, group.Frame(0, new Framing.CommitBody(new Commit([update], null))));

        var psk = new PreSharedKeyProposal(new ExternalPskId(Opaque.Copy("psk"u8), ForgedGroup.Tag()));
        group.Apply(group.CommitWithoutPath(0, psk, group.Adds(1)[0])).HasPath.ShouldBeFalse();
    }

    [Fact]
    public void An_update_keeps_the_rules_of_its_leaf()
    {
        var group = ForgedGroup.Of(3);
        var current = group.Public.Tree[new LeafIndex(1)]!;
        Refused(MlsError.WrongLeafNodeSource, group.Update(1, leaf => leaf with { Source = LeafNodeSource.Commit }));
        Refused(MlsError.WrongLeafNodeSource, new UpdateProposal(new Client("not an update").KeyPackage.LeafNode));
        Refused(MlsError.PathKeyReused, group.Update(1, leaf => leaf with { EncryptionKey = current.EncryptionKey }));
        Refused(MlsError.DuplicateEncryptionKey, group.Update(1, leaf => leaf with { EncryptionKey = group.Public.Tree[new LeafIndex(2)]!.EncryptionKey }));
        Refused(MlsError.InvalidPublicKey, group.Update(1, leaf => leaf with { EncryptionKey = new(Opaque.Copy(new byte[32])) }));
        Refused(MlsError.UnsupportedByLeaf, group.Update(1, leaf => leaf with { Capabilities = leaf.Capabilities with { Credentials = [] } }));

        // Signed for another leaf, and for another group.
        Refused(MlsError.InvalidSignature, new UpdateProposal(group[1].Sign(group.Update(1).LeafNode, ForgedGroup.Id, new LeafIndex(2))));
        Refused(MlsError.InvalidSignature, new UpdateProposal(group[1].Sign(group.Update(1).LeafNode, Opaque.Copy("another"u8), new LeafIndex(1))));

        void Refused(MlsError error, UpdateProposal update) => group.Refuses(error, group.CommitReferences(0, group.Propose(1, update)));
    }

    [Fact]
    [Fault(26)]
    public void Required_capabilities_bind_all_who_stay_and_all_who_come()
    {
        const ExtensionType ours = (ExtensionType)0xf00d;
        var group = ForgedGroup.Of(2);
        var require = Requires(new RequiredCapabilities([ours], [], []));
        group.Refuses(MlsError.RequiredCapabilityMissing, group.Commit(0, require));
        group.Refuses(MlsError.RequiredCapabilityMissing, group.Commit(0, Requires(new RequiredCapabilities([], [(ProposalType)0xf00d], []))));
        group.Refuses(MlsError.RequiredCapabilityMissing, group.Commit(0, Requires(new RequiredCapabilities([], [], [CredentialType.X509]))));
        group.Refuses(MlsError.UnsupportedByLeaf, group.Commit(0, new GroupContextExtensionsProposal(new ExtensionList(new Extension(ours, Opaque.Empty)))));

        var able = new ForgedGroup(creator: Able("creator"));
        able.Refuses(MlsError.RequiredCapabilityMissing, able.Commit(0, require, able.Adds(1)[0]));
        able.Apply(able.Commit(0, require, new AddProposal(able.Admit(Able("able")).KeyPackage)));
        able.Refuses(MlsError.RequiredCapabilityMissing, able.CommitWithoutPath(0, able.Adds(1)));

        // The one who lacks it may be removed by the commit that asks for it.
        var mixed = new ForgedGroup(creator: Able("creator"));
        mixed.Apply(mixed.Commit(0, mixed.Adds(1)));
        mixed.Refuses(MlsError.RequiredCapabilityMissing, mixed.Commit(0, require));
        mixed.Apply(mixed.Commit(0, require, new RemoveProposal(new LeafIndex(1))));

        static Client Able(string name) => new(name, options => options with { Capabilities = options.Capabilities with { Extensions = [ours] } });

        static GroupContextExtensionsProposal Requires(RequiredCapabilities required) =>
            new(new ExtensionList(new Extension(ExtensionType.RequiredCapabilities, Tls.Encode(required))));
    }

    [Fact]
    public void Extensions_that_belong_elsewhere_or_are_not_well_formed_do_not_become_the_groups()
    {
        var group = ForgedGroup.Of(2);
        group.Refuses(MlsError.ExtensionNotAllowedHere, group.Commit(0, With(ExtensionType.RatchetTree, Opaque.Empty)));
        group.Refuses(MlsError.ExtensionNotAllowedHere, group.Commit(0, With(ExtensionType.ApplicationId, Opaque.Empty)));
        group.Refuses(MlsError.InvalidExtension, group.Commit(0, With(ExtensionType.RequiredCapabilities, Opaque.Copy([0, 0]))));
        group.Refuses(MlsError.InvalidExtension, group.Commit(0, With(ExtensionType.RequiredCapabilities, Opaque.Copy([0, 0, 0, 0]))));

        static GroupContextExtensionsProposal With(ExtensionType type, Opaque data) => new(new ExtensionList(new Extension(type, data)));
    }

    [Fact]
    public void A_key_package_of_another_suite_is_not_added()
    {
        var group = ForgedGroup.Of(2);
        var client = new Client("of another suite");
        var other = client.Forge(package: package => package with { CipherSuite = CipherSuiteId.MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519 });
        group.Refuses(MlsError.KeyPackageMismatch, group.Commit(0, new AddProposal(other)));
    }

    [Fact]
    public void One_bad_key_package_among_many_is_found()
    {
        var group = ForgedGroup.Of(1);
        var adds = group.Adds(40);
        var bad = new Client("bad");
        adds[33] = new AddProposal(bad.KeyPackage with { Signature = ForgedGroup.Tag() });
        group.Refuses(MlsError.InvalidSignature, group.Commit(0, adds));
    }
}
