using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.SecretTree;
using Skytale.Mls.Tests.Groups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Validation;

/// <summary>What RFC 9420 asks of whoever sends, fulfilled by how messages are made: there is nothing to refuse.</summary>
public sealed class SenderDuties : IDisposable
{
    private static readonly CipherSuite Suite = TestGroup.Suite;

    private readonly TestGroup _group = TestGroup.OfThree();

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    [Fact]
    public void The_suite_that_must_be_implemented_is()
    {
        CipherSuite.All.Keys.ShouldContain(CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519);
    }

    [Fact]
    public void Every_message_draws_a_reuse_guard_of_four_bytes()
    {
        var drawn = new List<int>();
        Alice.Group.Protect("hello"u8, [], 0, Record);
        Alice.Group.Protect("hello"u8, [], 0, Record);
        drawn.ShouldBe([4, 4]);

        void Record(Span<byte> bytes)
        {
            drawn.Add(bytes.Length);
            TestRandom.Fill(bytes);
        }
    }

    [Fact]
    public void Padding_is_zero()
    {
        var message = Alice.Group.Protect("hello"u8, [], 512, TestRandom.Fill);
        var cipher = new PrivateMessageCipher(Suite, Bob.Group.Secrets.SenderData);
        var senderData = cipher.OpenSenderData(message);
        using var key = Bob.Group.Receiving.Stage(Suite, senderData.Leaf, handshake: false, senderData.Generation);
        using var opened = cipher.Open(message, senderData, key.Key);
        opened.Buffer.Length.ShouldBe(512);
        opened.Buffer[^400..].IndexOfAnyExcept((byte)0).ShouldBe(-1);
    }

    [Fact]
    public void Only_members_send_private_messages()
    {
        var content = new FramedContent(Alice.Group.GroupId, Alice.Group.Epoch, Sender.NewMemberProposal, Opaque.Empty, new ApplicationBody(Opaque.Empty));
        var signed = AuthenticatedContent.Sign(Suite, WireFormat.PrivateMessage, content, Alice.Group.Public.Context, Alice.Signer.PrivateKey);
        using var key = Forge.AnyKey(0);
        Should.Throw<ArgumentException>(() => Forge.Seal(Alice, signed, key));
    }

    [Fact]
    public void No_generation_is_used_twice()
    {
        var cipher = new PrivateMessageCipher(Suite, Bob.Group.Secrets.SenderData);
        var generations = new List<Generation>();
        for (var i = 0; i < 10; i++)
        {
            generations.Add(cipher.OpenSenderData(Alice.Send($"{i}")).Generation);
            if (i == 3)
                Alice.Group.ReserveGenerations(3);
            if (i == 6)
                Alice.Restart();
        }
        generations.ShouldBeUnique();
    }

    [Fact]
    public void Default_types_are_not_listed_in_capabilities()
    {
        foreach (var type in Enumerable.Range(1, 5))
            Should.Throw<ArgumentException>(() => new Client("lists defaults", options => options with { Capabilities = options.Capabilities with { Extensions = [(ExtensionType)type] } }));
        foreach (var type in Enumerable.Range(1, 7))
            Should.Throw<ArgumentException>(() => new Client("lists defaults", options => options with { Capabilities = options.Capabilities with { Proposals = [(ProposalType)type] } }));

        // Nor by a member that changes its leaf, nor by one who joins from outside.
        var lists = Alice.Capabilities with { Extensions = [ExtensionType.RequiredCapabilities] };
        Should.Throw<ArgumentException>(() => Alice.Group.ProposeUpdate(new LeafChange { Capabilities = lists }, FramingOptions.Default, TestRandom.Fill));
        Should.Throw<ArgumentException>(() => Alice.Group.Commit(new CommitRequest { Leaf = new LeafChange { Capabilities = lists } }, TestRandom.Fill));
        using var dave = new Member(Suite, "dave");
        var options = new ExternalJoinOptions { Credential = dave.Credential, Capabilities = lists };
        Should.Throw<ArgumentException>(() => MlsGroup.JoinExternally(Bob.Group.ExportGroupInfo(new GroupInfoOptions { ExternalPub = true }), dave.Signer, options, TestRandom.Fill));
        _ = new Client("lists others", options => options with { Capabilities = options.Capabilities with { Extensions = [(ExtensionType)6], Proposals = [(ProposalType)8] } });
    }

    [Fact]
    public void A_new_leaf_is_signed_anew()
    {
        var before = Alice.Group.Public.Tree[Alice.Group.OwnLeaf]!;
        _group.Commit(Alice);
        var after = Alice.Group.Public.Tree[Alice.Group.OwnLeaf]!;
        after.EncryptionKey.ShouldNotBe(before.EncryptionKey);
        after.Signature.ShouldNotBe(before.Signature);
        LeafNodeTbs.Verify(after, Suite, Alice.Group.GroupId, Alice.Group.OwnLeaf).ShouldBeTrue();
    }

    [Fact]
    public void A_path_leaves_out_the_leaves_that_its_commit_adds()
    {
        using var pending = Add(out var bundles, "dave", "erin");
        var path = ((CommitBody)pending.Commit.PublicMessage!.Content.Body).Commit.Path!;
        path.Nodes.Sum(node => node.EncryptedPathSecret.Length).ShouldBe(2, "bob and carol");
        Release(bundles);
    }

    [Fact]
    public void Every_key_package_has_keys_of_its_own()
    {
        using var one = Alice.NewBundle();
        using var other = Alice.NewBundle();
        new[] { one.KeyPackage.InitKey, one.KeyPackage.LeafNode.EncryptionKey, other.KeyPackage.InitKey, other.KeyPackage.LeafNode.EncryptionKey }.ShouldBeUnique();
    }

    [Fact]
    public void A_new_group_starts_as_it_must()
    {
        using var bundle = Alice.NewBundle();
        var creation = MlsGroup.CreateWithWelcome(Opaque.Copy("new"u8), bundle, Alice.Signer, ExtensionList.Empty, TestRandom.Fill);
        using var joined = MlsGroup.Join(creation.Welcome, bundle, Alice.Signer, new JoinOptions());
        using var created = MlsGroup.Create(Suite, Opaque.Copy("new"u8), Alice.Signer, bundle, ExtensionList.Empty, TestRandom.Fill);
        foreach (var group in new[] { joined, created })
        {
            group.Epoch.ShouldBe(new Epoch(0));
            group.GroupId.ShouldBe(Opaque.Copy("new"u8));
            group.OwnLeaf.ShouldBe(new LeafIndex(0));
            group.Public.Members.ShouldBe([(new LeafIndex(0), bundle.KeyPackage.LeafNode)]);
            group.Public.Context.TreeHash.ShouldBe(group.Public.Tree.TreeHash(Suite));
            group.Public.Context.ConfirmedTranscriptHash.ShouldBe(Opaque.Empty);

            // confirmation_tag = MAC(confirmation_key, ""), interim_transcript_hash = Hash("" || confirmation_tag).
            group.Public.ConfirmationTag.ShouldBe(Suite.Mac(group.Secrets.Confirmation, []));
            group.Public.InterimTranscriptHash.ShouldBe(Suite.Hash([32, .. group.Public.ConfirmationTag.Span]));
        }
    }

    [Fact]
    public void A_commit_that_needs_a_path_has_one_whatever_was_asked_for()
    {
        foreach (var proposals in new Proposal[][] { [], [new RemoveProposal(_group[2].Group.OwnLeaf)], [new GroupContextExtensionsProposal(ExtensionList.Empty)] })
        {
            using var pending = Alice.Group.Commit(new CommitRequest { Proposals = [.. proposals], ForcePath = false }, TestRandom.Fill);
            ((CommitBody)pending.Commit.PublicMessage!.Content.Body).Commit.Path.ShouldNotBeNull();
        }
    }

    [Fact]
    public void A_list_that_is_not_valid_is_not_committed()
    {
        Refused(MlsError.CommitterRemovesItself, new RemoveProposal(Alice.Group.OwnLeaf));
        Refused(MlsError.BlankLeafProposal, new RemoveProposal(new LeafIndex(3)));
        Refused(MlsError.InvalidPsk, new PreSharedKeyProposal(new ExternalPskId(Opaque.Copy("psk"u8), Opaque.Empty)));
        Refused(MlsError.DuplicateSignatureKey, new AddProposal(new Client("again", signer: Bob.Signer).KeyPackage));
        Refused(MlsError.UnsupportedByLeaf, new GroupContextExtensionsProposal(new ExtensionList(new Extension((ExtensionType)0xf00d, Opaque.Empty))));

        void Refused(MlsError error, Proposal proposal) => Alice.Refuses(error, alice => alice.Commit(new CommitRequest { Proposals = [proposal] }, TestRandom.Fill));
    }

    [Fact]
    public void A_welcome_covers_every_new_member_and_names_the_psks_in_their_order()
    {
        var psks = new[] { Psk(2), Psk(1), Psk(3) };
        using var pending = Add(out var bundles, psks, "dave", "erin", "frank");
        pending.Welcome!.Secrets.Length.ShouldBe(3);
        foreach (var (member, bundle) in bundles)
        {
            using var secrets = WelcomeCipher.OpenSecrets(Suite, pending.Welcome, bundle.KeyPackage.Reference(Suite), bundle.InitKey);
            secrets.Psks.ShouldBe(psks.Select(psk => psk.Psk));
            using var joined = MlsGroup.Join(pending.Welcome, bundle, member.Signer, new JoinOptions { FindPsk = Key });
            joined.Epoch.ShouldBe(Alice.Group.Epoch.Next);
        }
        Release(bundles);
    }

    [Fact]
    public void Outdated_private_keys_are_deleted()
    {
        var old = Bob.Group.PrivateKeys.Nodes.ToDictionary(node => node, node => Secret.Copy(Bob.Group.PrivateKeys[node]!.PrivateKey.Value.Span));
        _group.Commit(Bob);
        old.ShouldNotBeEmpty();
        foreach (var (node, key) in old)
        {
            Bob.State().Span.IndexOf(key.Span).ShouldBe(-1, $"the key of node {node}");
            key.Dispose();
        }
    }

    [Fact]
    public void Secrets_of_an_epoch_are_gone_from_its_state_once_they_were_used()
    {
        // joiner_secret, epoch_secret, commit_secret and encryption_secret are not fields of a state: what is left of the
        // schedule are the eight secrets of table 4 that later messages need.
        typeof(KeySchedule.EpochSecrets).GetProperties().Where(property => property.PropertyType == typeof(Secret)).Select(property => property.Name).Order().ShouldBe(
            ["Confirmation", "EpochAuthenticator", "Exporter", "External", "Init", "Membership", "Resumption", "SenderData"]);
        Should.Throw<InvalidOperationException>(() => Bob.Group.Secrets.TakeEncryption());
    }

    public void Dispose() => _group.Dispose();

    private static Secret? Key(PreSharedKeyId id) => Secret.Copy(Tls.Encode(id).Span);

    private static PreSharedKeyProposal Psk(byte number) => new(new ExternalPskId(Opaque.Copy([number]), ForgedGroup.Tag()));

    private static void Release(List<(Member Member, KeyPackageBundle Bundle)> joiners)
    {
        foreach (var (member, bundle) in joiners)
        {
            bundle.Dispose();
            member.Dispose();
        }
    }

    private PendingCommit Add(out List<(Member Member, KeyPackageBundle Bundle)> joiners, params string[] names) => Add(out joiners, [], names);

    private PendingCommit Add(out List<(Member Member, KeyPackageBundle Bundle)> joiners, PreSharedKeyProposal[] psks, params string[] names)
    {
        joiners = [.. names.Select(name => new Member(Suite, name)).Select(member => (member, member.NewBundle()))];
        return Alice.Group.Commit(new CommitRequest { Proposals = [.. joiners.Select(joiner => new AddProposal(joiner.Bundle.KeyPackage)), .. psks], FindPsk = Key }, TestRandom.Fill);
    }
}
