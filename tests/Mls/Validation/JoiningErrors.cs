using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tests.Groups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Validation;

/// <summary>Each error of joining (§12.4.3), of pending commits and of stored state, alone.</summary>
public sealed class JoiningErrors : IDisposable
{
    private readonly ForgedWelcome _welcome = new();
    private readonly TestGroup _group = TestGroup.OfThree();

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    [Fact]
    [Fires(MlsError.WelcomeNotForMe)]
    public void A_welcome_without_an_entry_for_the_key_package()
    {
        var good = _welcome.Build();
        var entry = good.Secrets[0];
        _welcome.FiresAlone(MlsError.WelcomeNotForMe, good with { Secrets = [entry with { NewMember = Forge.Flip(entry.NewMember) }] }, good);
    }

    [Fact]
    [Fires(MlsError.WelcomeOpenFailed)]
    public void A_welcome_whose_group_info_was_changed()
    {
        // The GroupSecrets are encrypted again with the changed ciphertext as their context.
        var good = _welcome.Build();
        using var secrets = WelcomeCipher.OpenSecrets(TestGroup.Suite, good, good.Secrets[0].NewMember, _welcome.Bundle.InitKey);
        var changed = good with { EncryptedGroupInfo = Forge.Flip(good.EncryptedGroupInfo) };
        _welcome.FiresAlone(MlsError.WelcomeOpenFailed, _welcome.Reseal(changed, Tls.Encode(secrets).Span), good);
    }

    [Fact]
    [Fires(MlsError.WelcomeMismatch)]
    public void A_group_info_of_another_suite_than_the_key_packages() => _welcome.FiresAlone(
        MlsError.WelcomeMismatch,
        _welcome.Build(context: _welcome.Context with { CipherSuite = CipherSuiteId.MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519 }),
        _welcome.Build());

    [Fact]
    [Fires(MlsError.RatchetTreeMissing)]
    public void A_welcome_without_a_tree() =>
        _welcome.FiresAlone(MlsError.RatchetTreeMissing, _welcome.Build(groupInfo => groupInfo with { Extensions = ExtensionList.Empty }), _welcome.Build());

    [Fact]
    [Fires(MlsError.InvalidGroupInfo)]
    public void A_group_info_whose_signer_is_no_member() =>
        _welcome.FiresAlone(MlsError.InvalidGroupInfo, _welcome.Build(groupInfo => groupInfo with { Signer = new LeafIndex(1) }), _welcome.Build());

    [Fact]
    [Fires(MlsError.UnknownPsk)]
    public void A_psk_that_the_joiner_does_not_have() =>
        _welcome.FiresAlone(MlsError.UnknownPsk, _welcome.Build(psks: [new ExternalPskId(Opaque.Copy("a psk"u8), ForgedGroup.Tag())]), _welcome.Build());

    [Fact]
    [Fires(MlsError.NoSuchPendingCommit)]
    public void A_pending_commit_that_was_merged_already()
    {
        using var merged = Alice.Group.Commit(new CommitRequest(), TestRandom.Fill);
        using var waiting = Alice.Group.Commit(new CommitRequest(), TestRandom.Fill);
        using var next = Alice.Group.Merge(merged);
        Alice.FiresAlone(MlsError.NoSuchPendingCommit, alice => alice.Merge(merged), alice => alice.Merge(waiting).Dispose());
    }

    [Fact]
    [Fires(MlsError.Removed)]
    public void A_commit_that_removes_this_member()
    {
        var others = new ForgedCommit { Proposals = ForgedCommit.ByValue(new RemoveProposal(_group[2].Group.OwnLeaf)) }.By(Alice);
        var mine = new ForgedCommit { Proposals = ForgedCommit.ByValue(new RemoveProposal(Bob.Group.OwnLeaf)) }.By(Alice);
        using var removal = Bob.Group.Process(mine);
        using var control = Bob.Group.Process(others);
        Bob.FiresAlone(MlsError.Removed, bob => bob.Merge(removal), bob => bob.Merge(control).Dispose());
    }

    [Fact]
    [Fires(MlsError.InvalidState)]
    public void A_stored_state_of_another_version()
    {
        using var epoch = Bob.Group.SerializeEpoch();
        using var receiving = Bob.Group.SerializeReceiving();
        using var sending = Bob.Group.SerializeSending();
        var changed = epoch.Span.ToArray();
        changed[0]++;
        Bob.FiresAlone(
            MlsError.InvalidState,
            _ => MlsGroup.Deserialize(changed, receiving.Span, sending.Span, Bob.Signer),
            _ => MlsGroup.Deserialize(epoch.Span, receiving.Span, sending.Span, Bob.Signer).Dispose());
    }

    public void Dispose()
    {
        _welcome.Dispose();
        _group.Dispose();
    }
}
