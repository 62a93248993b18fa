using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Groups;

/// <summary>Welcomes to a group of one, put together by hand so that one thing can be wrong and the rest right.</summary>
public sealed class JoinTests : IDisposable
{
    private static readonly CipherSuite Suite = TestGroup.Suite;

    private readonly ForgedWelcome _welcome = new();

    private Member Alice => _welcome.Joiner;

    private KeyPackageBundle Bundle => _welcome.Bundle;

    private GroupContext Context => _welcome.Context;

    [Fact]
    public void The_welcome_that_the_others_are_made_of_is_good_and_can_be_used_again_after_a_crash()
    {
        var welcome = TestGroup.OverTheWire(_welcome.Build());
        using var first = Join(welcome);
        using var again = Join(welcome);
        using var one = first.EpochAuthenticator;
        using var other = again.EpochAuthenticator;
        one.FixedTimeEquals(other).ShouldBeTrue();
        first.OwnLeaf.ShouldBe(new LeafIndex(0));
        first.Epoch.ShouldBe(new Epoch(0));
    }

    [Fact]
    public void The_group_info_is_given_out_with_its_extensions()
    {
        var extension = new Extension((ExtensionType)0xff00, Opaque.Copy("from the application"u8));
        var welcome = _welcome.Build(groupInfo => groupInfo with { Extensions = new ExtensionList([.. groupInfo.Extensions.All, extension]) });
        using var group = MlsGroup.Join(welcome, Bundle, Alice.Signer, new JoinOptions(), out var described);
        described.Extensions.Find((ExtensionType)0xff00).ShouldBe(extension.Data);
        described.GroupContext.ShouldBe(group.Public.Context);
    }

    [Fact]
    public void A_tree_can_come_from_elsewhere_and_must_come_from_somewhere()
    {
        var without = _welcome.Build(groupInfo => groupInfo with { Extensions = ExtensionList.Empty });
        Refused(MlsError.RatchetTreeMissing, without);
        using var group = MlsGroup.Join(without, Bundle, Alice.Signer, new JoinOptions { RatchetTree = _welcome.Tree });
        group.Public.Tree.TreeHash(Suite).ShouldBe(Context.TreeHash);

        using var other = Alice.NewBundle();
        Refused(MlsError.TreeHashMismatch, without, new JoinOptions { RatchetTree = new RatchetTree(other.KeyPackage.LeafNode) });
    }

    [Fact]
    [Fault(16)]
    public void A_welcome_for_somebody_else_is_refused()
    {
        using var other = Alice.NewBundle();
        Expect.Refused(MlsError.WelcomeNotForMe, () => MlsGroup.Join(_welcome.Build(), other, Alice.Signer, new JoinOptions()));
        Refused(MlsError.WelcomeNotForMe, _welcome.Build() with { Secrets = [] });
        Refused(MlsError.WelcomeMismatch, _welcome.Build() with { CipherSuite = CipherSuiteId.MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519 });
        Refused(MlsError.WelcomeMismatch, _welcome.Build() with { CipherSuite = (CipherSuiteId)0xffff });
        using var stranger = new Member(Suite, "stranger");
        Should.Throw<ArgumentException>(() => MlsGroup.Join(_welcome.Build(), Bundle, stranger.Signer, new JoinOptions()));
    }

    [Fact]
    [Fault(16)]
    public void A_welcome_whose_tree_does_not_have_my_leaf_is_refused()
    {
        using var mallory = new Member(Suite, "mallory");
        using var mallorys = mallory.NewBundle();
        var tree = new RatchetTree(mallorys.KeyPackage.LeafNode);
        var context = Context with { TreeHash = tree.TreeHash(Suite) };
        Refused(MlsError.WelcomeMismatch, _welcome.Build(context: context, tree: tree, signer: mallory.Signer));
    }

    [Fact]
    public void A_changed_welcome_does_not_open()
    {
        var welcome = _welcome.Build();
        Refused(MlsError.WelcomeOpenFailed, welcome with { EncryptedGroupInfo = Forge.Flip(welcome.EncryptedGroupInfo) });
        Refused(MlsError.WelcomeOpenFailed, welcome with { EncryptedGroupInfo = Opaque.Empty });
        var secrets = welcome.Secrets[0];
        Refused(MlsError.WelcomeOpenFailed, welcome with { Secrets = [secrets with { Ciphertext = secrets.Ciphertext with { Ciphertext = Forge.Flip(secrets.Ciphertext.Ciphertext) } }] });
        Refused(MlsError.WelcomeOpenFailed, welcome with { Secrets = [secrets with { Ciphertext = secrets.Ciphertext with { Ciphertext = Opaque.Empty } }] });
        Refused(MlsError.WelcomeOpenFailed, welcome with { Secrets = [secrets with { Ciphertext = secrets.Ciphertext with { KemOutput = Opaque.Empty } }] });
    }

    [Fact]
    [Fault(1)]
    public void A_group_info_with_a_wrong_confirmation_tag_is_refused()
    {
        var right = Suite.Hash("as long as a tag"u8);
        foreach (var tag in Forge.WrongTags(right).Append(right))
            Refused(MlsError.InvalidConfirmationTag, _welcome.Build(groupInfo => groupInfo with { ConfirmationTag = tag }));
    }

    [Fact]
    [Fault(16)]
    public void A_group_info_that_is_not_the_signers_is_refused()
    {
        foreach (var signature in Forge.WrongTags(Suite.SignWithLabel(Alice.Signer.PrivateKey, "Another"u8, "content"u8)))
            Refused(MlsError.InvalidSignature, _welcome.Build(groupInfo => groupInfo with { Signature = signature }, resign: false));
        using var mallory = new Member(Suite, "mallory");
        Refused(MlsError.InvalidSignature, _welcome.Build(signer: mallory.Signer));
        Refused(MlsError.InvalidGroupInfo, _welcome.Build(groupInfo => groupInfo with { Signer = new LeafIndex(1) }));
        Refused(MlsError.InvalidGroupInfo, _welcome.Build(groupInfo => groupInfo with { Signer = new LeafIndex(LeafIndex.Max) }));
    }

    [Fact]
    [Fault(16)]
    public void A_group_info_that_contradicts_the_tree_or_the_suite_is_refused()
    {
        Refused(MlsError.TreeHashMismatch, _welcome.Build(context: Context with { TreeHash = Suite.Hash("another tree"u8) }));
        Refused(MlsError.WelcomeMismatch, _welcome.Build(context: Context with { CipherSuite = CipherSuiteId.MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519 }));
        Refused(MlsError.UnsupportedByLeaf, _welcome.Build(context: Context with { Extensions = new ExtensionList(new Extension((ExtensionType)0xff01, Opaque.Empty)) }));
        Refused(MlsError.ExtensionNotAllowedHere, _welcome.Build(groupInfo => groupInfo with
        {
            Extensions = new ExtensionList([.. groupInfo.Extensions.All, new Extension(ExtensionType.ExternalSenders, Opaque.Empty)]),
        }));
    }

    [Fact]
    [Fault(16)]
    public void Another_epoch_than_the_secrets_are_for_shows_in_the_confirmation_tag()
    {
        // Tag and secrets of the true context, another one told: the joiner derives other secrets from what it is told.
        Refused(MlsError.InvalidConfirmationTag, _welcome.Build(groupInfo => groupInfo with { GroupContext = Context with { Epoch = new Epoch(1) } }));
        Refused(MlsError.InvalidConfirmationTag, _welcome.Build(groupInfo => groupInfo with { GroupContext = Context with { GroupId = Opaque.Copy("b group"u8) } }));
    }

    [Fact]
    public void A_group_in_the_last_epoch_of_all_ends_there()
    {
        using var group = Join(_welcome.Build(context: Context with { Epoch = new Epoch(ulong.MaxValue) }));
        Expect.Refused(MlsError.WrongEpoch, () => group.Commit(new CommitRequest(), TestRandom.Fill));
    }

    [Fact]
    [Fault(16)]
    public void Psks_are_needed_as_the_welcome_says()
    {
        var id = new ExternalPskId(Opaque.Copy("a psk"u8), Suite.Hash("nonce"u8));
        Refused(MlsError.UnknownPsk, _welcome.Build(psks: [id]));
        Refused(MlsError.UnknownPsk, _welcome.Build(psks: [id]), new JoinOptions { FindPsk = _ => null });
        Refused(MlsError.WelcomeOpenFailed, _welcome.Build(psks: [id]), new JoinOptions { FindPsk = _ => Secret.Copy("another key"u8) });
        using var group = Join(_welcome.Build(psks: [id]), new JoinOptions { FindPsk = _ => Secret.Copy(_welcome.Psk.Span) });

        var known = new JoinOptions { FindPsk = _ => Secret.Copy(_welcome.Psk.Span) };
        Refused(MlsError.InvalidPsk, _welcome.Build(psks: [id with { Nonce = Opaque.Empty }]), known);
        Refused(MlsError.InvalidPsk, _welcome.Build(psks: [id with { Nonce = Opaque.Copy(new byte[33]) }]), known);
        foreach (var usage in new[] { ResumptionPskUsage.ReInit, ResumptionPskUsage.Branch })
            Refused(MlsError.InvalidPsk, _welcome.Build(psks: [new ResumptionPskId(usage, Opaque.Copy("g"u8), new Epoch(1), id.Nonce)]), known);
    }

    [Fact]
    public void A_path_secret_that_is_not_the_trees_is_refused()
    {
        using var secret = Secret.Random(32, TestRandom.Fill);
        Refused(MlsError.PathKeyMismatch, _welcome.Build(pathSecret: secret));

        // In a larger group, where there is a path that it could be of.
        using var group = TestGroup.OfThree();
        var dave = new Member(Suite, "dave");
        using var bundle = dave.NewBundle();
        using var pending = group[0].Group.Commit(new CommitRequest { Proposals = [new Proposals.AddProposal(bundle.KeyPackage)] }, TestRandom.Fill);
        using var known = WelcomeCipher.OpenSecrets(Suite, pending.Welcome!, bundle.KeyPackage.Reference(Suite), bundle.InitKey);
        using var joiner = new JoinerSecret(Suite, Secret.Copy(known.JoinerSecret.Span));
        using var noPsk = PskSecret.None(Suite);
        var forged = WelcomeCipher.Seal(Suite, joiner, noPsk, [], pending.GroupInfo, [(bundle.KeyPackage, secret)], TestRandom.Fill);
        Expect.Refused(MlsError.PathKeyMismatch, () => MlsGroup.Join(forged, bundle, dave.Signer, new JoinOptions()));
        var right = WelcomeCipher.Seal(Suite, joiner, noPsk, [], pending.GroupInfo, [(bundle.KeyPackage, known.PathSecret)], TestRandom.Fill);
        using var joined = MlsGroup.Join(right, bundle, dave.Signer, new JoinOptions());
        joined.OwnLeaf.ShouldBe(new LeafIndex(3));
        dave.Dispose();
    }

    [Fact]
    public void Secrets_of_another_length_than_the_kdfs_are_refused()
    {
        var welcome = _welcome.Build();
        var reference = Bundle.KeyPackage.Reference(Suite);
        using var right = WelcomeCipher.OpenSecrets(Suite, welcome, reference, Bundle.InitKey);
        foreach (var length in new[] { 0, 1, 31, 33, 1000 })
        {
            using var wrong = Secret.Random(length, TestRandom.Fill);
            Refused(MlsError.WelcomeOpenFailed, Sealed(new GroupSecrets(wrong, null, [])));
            Refused(MlsError.WelcomeOpenFailed, Sealed(new GroupSecrets(right.JoinerSecret, wrong, [])));
        }
        using var joined = Join(Sealed(right));

        Welcome Sealed(GroupSecrets secrets) => _welcome.Reseal(welcome, Tls.Encode(secrets).Span);
    }

    public void Dispose() => _welcome.Dispose();

    private MlsGroup Join(Welcome welcome, JoinOptions? options = null) => _welcome.Join(welcome, options);

    private void Refused(MlsError error, Welcome welcome, JoinOptions? options = null) => _welcome.Refuses(error, welcome, options);
}
