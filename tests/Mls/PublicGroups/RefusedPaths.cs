using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tests.X509;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.PublicGroups;

/// <summary>§7.3, §7.5, §7.6, §12.4.2: paths that a commit must not have. The group stays as it was, each time.</summary>
public sealed class RefusedPaths
{
    [Fact]
    public void A_path_has_a_node_for_each_of_the_filtered_direct_path()
    {
        var group = ForgedGroup.Of(6, 0);
        group.Refuses(MlsError.WrongPathLength, group.CommitWithPath(1, path => path with { Nodes = path.Nodes.RemoveAt(2) }));
        group.Refuses(MlsError.WrongPathLength, group.CommitWithPath(1, path => path with { Nodes = path.Nodes.Add(path.Nodes[0]) }));
        group.Refuses(MlsError.WrongPathLength, group.CommitWithPath(1, path => path with { Nodes = [] }));
    }

    [Fact]
    [Fault(21)]
    public void Nodes_whose_copath_child_is_empty_are_not_in_a_path()
    {
        // Leaves 4 and 5 of eight: the node above leaves 6 and 7 has an empty resolution.
        var group = ForgedGroup.Of(6);
        group.Public.Tree.FilteredDirectPath(new LeafIndex(5)).Select(step => step.Node.Value).ShouldBe([9u, 7u]);
        group.Refuses(MlsError.WrongPathLength, group.CommitWithPath(5, path => path with { Nodes = path.Nodes.Insert(1, path.Nodes[0] with { EncryptionKey = Client.FreshKey() }) }));
        group.Apply(group.Commit(5));
        group.Public.Tree.Parent(new NodeIndex(11)).ShouldBeNull();
    }

    [Fact]
    [Fault(21)]
    public void A_node_has_a_ciphertext_for_each_of_its_copath_childs_resolution()
    {
        var group = ForgedGroup.Of(6, 0);
        group.Refuses(MlsError.WrongPathCiphertextCount, group.CommitWithPath(1, path => WithCiphertexts(path, 1, list => list.RemoveAt(0))));
        group.Refuses(MlsError.WrongPathCiphertextCount, group.CommitWithPath(1, path => WithCiphertexts(path, 0, list => list.Add(list[0]))));
    }

    [Fact]
    public void No_path_secret_is_encrypted_to_leaves_that_the_commit_adds()
    {
        var group = ForgedGroup.Of(4);
        var add = group.Adds(1);
        group.Refuses(MlsError.WrongPathCiphertextCount, group.CommitWithPath(0, path => WithCiphertexts(path, 2, list => list.Add(path.Nodes[0].EncryptedPathSecret[0])), add));

        // The new leaf alone is below the copath child: the node is in the path and has no ciphertext.
        var commit = group.CommitWithPath(0, path =>
        {
            path.Nodes[2].EncryptedPathSecret.ShouldBeEmpty();
            return path;
        }, add);
        group.Apply(commit).Added.Single().Index.ShouldBe(new LeafIndex(4));
    }

    [Fact]
    public void A_leaf_of_a_path_has_commit_as_its_source()
    {
        var group = ForgedGroup.Of(3);
        group.Refuses(MlsError.WrongLeafNodeSource, group.CommitWithLeaf(0, leaf => leaf with { Source = LeafNodeSource.Update }));
        group.Refuses(MlsError.WrongLeafNodeSource, group.CommitWithLeaf(0, leaf => leaf with { Source = LeafNodeSource.KeyPackage }));
    }

    [Fact]
    [Fault(5)]
    public void A_leaf_of_a_path_is_signed_for_its_group_and_its_place()
    {
        var group = ForgedGroup.Of(3);
        group.Refuses(MlsError.InvalidSignature, group.CommitWithPath(1, path => Resigned(path, ForgedGroup.Id, 2)));
        group.Refuses(MlsError.InvalidSignature, group.CommitWithPath(1, path => Resigned(path, Opaque.Copy("another"u8), 1)));
        group.Refuses(MlsError.InvalidSignature, group.CommitWithPath(1, path => path with { LeafNode = path.LeafNode with { Signature = Opaque.Empty } }));

        UpdatePath Resigned(UpdatePath path, Opaque groupId, uint index) => path with { LeafNode = group[1].Sign(path.LeafNode, groupId, new LeafIndex(index)) };
    }

    [Fact]
    public void A_committer_does_not_keep_its_encryption_key()
    {
        var group = ForgedGroup.Of(3);
        var current = group.Public.Tree[new LeafIndex(1)]!.EncryptionKey;
        group.Refuses(MlsError.PathKeyReused, group.CommitWithLeaf(1, leaf => leaf with { EncryptionKey = current }));
    }

    [Fact]
    public void No_key_of_a_path_is_in_the_tree_or_twice_in_the_path()
    {
        var group = ForgedGroup.Of(5, 0);
        var leafKey = group.Public.Tree[new LeafIndex(3)]!.EncryptionKey;
        var parentKey = group.Public.Tree.Parent(group.Public.Tree.Root)!.EncryptionKey;
        group.Refuses(MlsError.PathKeyReused, group.CommitWithLeaf(1, leaf => leaf with { EncryptionKey = leafKey }));
        group.Refuses(MlsError.PathKeyReused, group.CommitWithPath(1, path => WithKey(path, 0, leafKey)));
        group.Refuses(MlsError.PathKeyReused, group.CommitWithPath(1, path => WithKey(path, 1, parentKey)));
        group.Refuses(MlsError.PathKeyReused, group.CommitWithPath(1, path => WithKey(path, 1, path.Nodes[0].EncryptionKey)));
        group.Refuses(MlsError.PathKeyReused, group.CommitWithPath(1, path => WithKey(path, 1, path.LeafNode.EncryptionKey)));

        // Nor is it the key of somebody who comes with the same commit.
        var add = (AddProposal)group.Adds(1)[0];
        group.Refuses(MlsError.PathKeyReused, group.CommitWithPath(1, path => WithKey(path, 0, add.KeyPackage.LeafNode.EncryptionKey), add));
    }

    [Fact]
    public void The_parent_hash_of_a_leaf_is_that_of_its_path()
    {
        var group = ForgedGroup.Of(4, 2);
        group.Refuses(MlsError.InvalidParentHash, group.CommitWithLeaf(1, leaf => leaf with { ParentHash = Opaque.Empty }));
        group.Refuses(MlsError.InvalidParentHash, group.CommitWithLeaf(1, leaf => leaf with { ParentHash = ForgedGroup.Tag() }));

        // A key of the path that is not the one the leaf signed.
        group.Refuses(MlsError.InvalidParentHash, group.CommitWithPath(1, path => WithKey(path, 0, Client.FreshKey())));
        group.Refuses(MlsError.InvalidParentHash, group.CommitWithPath(1, path => WithKey(path, 1, Client.FreshKey())));
    }

    [Fact]
    public void Every_key_and_kem_output_of_a_path_is_one_of_the_suites()
    {
        var group = ForgedGroup.Of(4);
        var zero = new HpkePublicKey(Opaque.Copy(new byte[32]));
        group.Refuses(MlsError.InvalidPublicKey, group.CommitWithLeaf(1, leaf => leaf with { EncryptionKey = zero }));
        group.Refuses(MlsError.InvalidPublicKey, group.CommitWithPath(1, path => WithKey(path, 0, zero)));
        group.Refuses(MlsError.InvalidPublicKey, group.CommitWithPath(1, path => WithKey(path, 0, new HpkePublicKey(Opaque.Copy(new byte[31])))));
        group.Refuses(MlsError.InvalidPublicKey, group.CommitWithPath(1, path =>
            WithCiphertexts(path, 1, list => list.SetItem(0, list[0] with { KemOutput = zero.Value }))));
        group.Refuses(MlsError.InvalidPublicKey, group.CommitWithLeaf(1, leaf => leaf with { SignatureKey = new SignaturePublicKey(Opaque.Empty) }));
    }

    [Fact]
    [Fault(20)]
    public void A_leaf_of_a_path_supports_what_the_group_has_and_needs()
    {
        const ExtensionType ours = (ExtensionType)0xf00d;
        var required = new RequiredCapabilities([], [], [CredentialType.Basic]);
        var group = new ForgedGroup(
            new ExtensionList(new Extension(ours, Opaque.Empty), new Extension(ExtensionType.RequiredCapabilities, Tls.Encode(required))),
            new Client("able", options => options with { Capabilities = options.Capabilities with { Extensions = [ours] } }));
        group.Apply(group.Commit(0));

        group.Refuses(MlsError.UnsupportedByLeaf, With(capabilities => capabilities with { Extensions = [] }));
        group.Refuses(MlsError.UnsupportedByLeaf, With(capabilities => capabilities with { Versions = [] }));
        group.Refuses(MlsError.UnsupportedByLeaf, With(capabilities => capabilities with { CipherSuites = [] }));
        group.Refuses(MlsError.UnsupportedByLeaf, With(capabilities => capabilities with { Credentials = [CredentialType.X509] }));
        group.Refuses(MlsError.UnsupportedByLeaf, group.CommitWithLeaf(0, leaf => leaf with { Extensions = new ExtensionList(new Extension((ExtensionType)0xf00e, Opaque.Empty)) }));
        group.Refuses(MlsError.ExtensionNotAllowedHere, group.CommitWithLeaf(0, leaf => leaf with { Extensions = new ExtensionList(new Extension(ExtensionType.RatchetTree, Opaque.Empty)) }));

        // Unknown values in the capabilities are nobody's business (GREASE).
        group.Apply(With(capabilities => capabilities with { CipherSuites = [(CipherSuiteId)0x0a0a, .. capabilities.CipherSuites], Extensions = [(ExtensionType)0x1a1a, ours] }));

        Framing.PublicMessage With(Func<Capabilities, Capabilities> change) => group.CommitWithLeaf(0, leaf => leaf with { Capabilities = change(leaf.Capabilities) });
    }

    [Fact]
    [Fault(20)]
    public void Every_member_supports_every_others_credential_type()
    {
        var group = ForgedGroup.Of(2);
        var x509 = TestCertificate.SelfSigned(group[1].Signer);
        group.Refuses(MlsError.CredentialTypeNotSupported, group.CommitWithLeaf(1, leaf => leaf with
        {
            Credential = x509,
            Capabilities = leaf.Capabilities with { Credentials = [CredentialType.Basic, CredentialType.X509] },
        }));
        group.Refuses(MlsError.CredentialTypeNotSupported, group.CommitWithLeaf(1, leaf => leaf with
        {
            Credential = x509,
            Capabilities = leaf.Capabilities with { Credentials = [CredentialType.X509] },
        }));
    }

    [Fact]
    [Fault(27)]
    public void A_committer_may_take_a_new_signature_key_that_is_nobody_elses()
    {
        var group = ForgedGroup.Of(3);
        var renewed = group.Admit(new Client("renewed"));
        var index = new LeafIndex(1);
        group.Refuses(MlsError.DuplicateSignatureKey, group.CommitWithPath(1, path => path with { LeafNode = group[2].Sign(path.LeafNode with { SignatureKey = group[2].Signer.PublicKey }, ForgedGroup.Id, index) }));

        // The commit itself is signed with the old key.
        group.Apply(group.CommitWithPath(1, path => path with { LeafNode = renewed.Sign(path.LeafNode with { SignatureKey = renewed.Signer.PublicKey }, ForgedGroup.Id, index) }));
        group.Public.Tree[index]!.SignatureKey.ShouldBe(renewed.Signer.PublicKey);
        group.Apply(group.Commit(1));
    }

    private static UpdatePath WithKey(UpdatePath path, int node, HpkePublicKey key) =>
        path with { Nodes = path.Nodes.SetItem(node, path.Nodes[node] with { EncryptionKey = key }) };

    private static UpdatePath WithCiphertexts(UpdatePath path, int node, Func<ImmutableArray<HpkeCiphertext>, ImmutableArray<HpkeCiphertext>> change) =>
        path with { Nodes = path.Nodes.SetItem(node, path.Nodes[node] with { EncryptedPathSecret = change(path.Nodes[node].EncryptedPathSecret) }) };
}
