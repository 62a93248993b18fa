using Skytale.LivePeers.Tests.Members;
using Skytale.LivePeers.Tests.Peers;
using Skytale.Mls;
using Skytale.Mls.Crypto;

namespace Skytale.LivePeers.Tests;

/// <summary>
/// Where ts-mls 1.6.4 reads RFC 9420 otherwise than ours does, with the words that decide it. The other tests keep clear
/// of these; when a later version agrees, its test here fails and says so.
/// </summary>
[Trait("Category", "Live")]
public sealed class KnownDifferencesTests
{
    private const int Patience = 120_000;

    private const CipherSuiteId Suite1 = CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519;

    [Fact(Timeout = Patience)]
    public async Task Their_commit_without_the_path_that_new_group_extensions_need_is_refused()
    {
        // §12.4 and §17.4 name group_context_extensions among the proposals that need a path; ts-mls follows the shorter list of §12.4.2.
        await using var group = new LiveGroup(Suite1, isPublic: true);
        var (ours, theirs) = (group.Ours("ours"), group.Theirs("theirs"));
        await group.CreateAsync(ours);
        await group.AddAsync(ours, [theirs]);
        var required = new Change.Extensions((3, [0, 0, 2, 0, 1]));
        var made = await theirs.CommitAsync(isPublic: true, inlineTree: true, required);
        Should.Throw<MlsException>(() => ours.Stage(made.Commit)).Error.ShouldBe(MlsError.PathRequired);
    }

    [Fact(Timeout = Patience)]
    public async Task Where_the_root_is_not_in_the_path_theirs_derives_one_secret_more()
    {
        // §12.4.1: "Define commit_secret as the value path_secret[n+1] derived from the last path secret value
        // (path_secret[n]) derived for the UpdatePath"; ts-mls goes on to the root even when the filtered path ends below it.
        await using var group = new LiveGroup(Suite1, isPublic: true);
        var (alice, bob) = (group.Ours("alice"), group.Ours("bob"));
        var (carol, dave) = (group.Ours("carol"), group.Theirs("dave"));
        await group.CreateAsync(alice);
        await group.AddAsync(alice, [bob, carol, dave]);
        await group.RemoveAsync(carol, bob);

        // Without Alice the left half is empty, and the root has nobody else to be encrypted to.
        group.Members.Remove(alice);
        var made = await dave.CommitAsync(isPublic: true, inlineTree: true, new Change.Remove(0));
        Should.Throw<MlsException>(() => carol.Stage(made.Commit)).Error.ShouldBe(MlsError.InvalidConfirmationTag);
    }

    [Fact(Timeout = Patience)]
    public async Task Theirs_does_not_join_a_tree_whose_root_was_renewed_above_an_unmerged_leaf()
    {
        // §12.4.3.1: the leaf must be "in the unmerged_leaves of all of the non-blank intermediate nodes between"; ts-mls asks
        // that of the nodes above too, which may be newer than the leaf.
        await using var group = new LiveGroup(Suite1, isPublic: true);
        var members = Enumerable.Range(0, 7).Select(leaf => group.Ours($"{leaf}")).ToList();
        await group.CreateAsync(members[0]);
        await group.AddAsync(members[0], members[1..]);

        // Leaf 4 becomes free; leaf 6 then fills the root of the right half, which leaf 4 is unmerged at when it is filled again.
        await group.RemoveAsync(members[0], members[4]);
        await group.CommitAsync(members[6]);
        (await Should.ThrowAsync<PeerException>(() => group.AddAsync(members[0], [group.Theirs("theirs")]))).Message.ShouldContain("unmerged_leaves");
    }

    [Theory(Timeout = Patience)]
    [InlineData(CipherSuiteId.MLS_128_DHKEMP256_AES128GCM_SHA256_P256)]
    [InlineData(CipherSuiteId.MLS_256_DHKEMP521_AES256GCM_SHA512_P521)]
    [InlineData(CipherSuiteId.MLS_256_DHKEMP384_AES256GCM_SHA384_P384)]
    public async Task Their_compressed_signature_keys_are_refused(CipherSuiteId suite)
    {
        // §5.1.1: "the public key is represented as an encoded UncompressedPointRepresentation struct".
        await using var group = new LiveGroup(suite, isPublic: true);
        var (ours, theirs) = (group.Ours("ours"), group.Theirs("theirs"));
        await group.CreateAsync(ours);
        var add = new Change.Add(await theirs.OwnKindOfKeyPackageAsync());
        Should.Throw<MlsException>(() => ours.CommitAsync(isPublic: true, inlineTree: true, add)).Error.ShouldBe(MlsError.InvalidPublicKey);
    }

    [Fact(Timeout = Patience)]
    public async Task Theirs_writes_and_reads_the_key_for_external_commits_without_its_length()
    {
        // §12.4.3.2: "struct { HPKEPublicKey external_pub; } ExternalPub", and §5.1.1: "opaque HPKEPublicKey<V>".
        await using var group = new LiveGroup(Suite1, isPublic: true);
        var (ours, theirs) = (group.Ours("ours"), group.Theirs("theirs"));
        await group.CreateAsync(ours);
        await group.AddAsync(ours, [theirs]);
        var bare = await theirs.OwnKindOfGroupInfoAsync();
        Should.Throw<MlsException>(() => group.Ours("joiner").JoinExternallyAsync(bare, resync: false)).Error.ShouldBe(MlsError.InvalidExtension);

        var joiner = group.Theirs("their joiner");
        await joiner.KeyPackageAsync();
        var right = await ours.GroupInfoAsync();
        await Should.ThrowAsync<PeerException>(() => joiner.JoinByOwnKindOfGroupInfoAsync(right));
    }
}
