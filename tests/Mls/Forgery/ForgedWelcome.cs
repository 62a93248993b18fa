using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;
using Skytale.Mls.Tests.Groups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Forgery;

/// <summary>
/// §12.4.3: Welcomes to a group of one, put together by hand: one thing is wrong, and the GroupInfo's signature, its
/// confirmation tag, the key schedule and both encryptions are made for the changed contents.
/// </summary>
internal sealed class ForgedWelcome : IDisposable
{
    private static readonly CipherSuite Suite = TestGroup.Suite;

    public ForgedWelcome()
    {
        Bundle = Joiner.NewBundle();
        Tree = new RatchetTree(Bundle.KeyPackage.LeafNode);
        Context = new GroupContext(Suite.Id, Opaque.Copy("a group"u8), new Epoch(0), Tree.TreeHash(Suite), Opaque.Empty, ExtensionList.Empty);
    }

    /// <summary>Who joins; also the GroupInfo's signer, at leaf 0.</summary>
    public Member Joiner { get; } = new(Suite, "alice");

    public KeyPackageBundle Bundle { get; }

    public RatchetTree Tree { get; }

    public GroupContext Context { get; }

    /// <summary>The key of every PSK that a Welcome names.</summary>
    public Secret Psk { get; } = Secret.Copy("the key"u8);

    /// <param name="change">The GroupInfo before it is signed, or when it is not signed again, after.</param>
    /// <param name="context">The GroupContext that tag and secrets are derived for.</param>
    public Welcome Build(
        Func<GroupInfo, GroupInfo>? change = null,
        bool resign = true,
        GroupContext? context = null,
        RatchetTree? tree = null,
        SignatureKeyPair? signer = null,
        ImmutableArray<PreSharedKeyId>? psks = null,
        Secret? pathSecret = null)
    {
        context ??= Context;
        var key = (signer ?? Joiner.Signer).PrivateKey;
        using var init = Secret.Random(Suite.HashSize, TestRandom.Fill);
        using var zero = Secret.Zero(Suite.HashSize);
        using var pskSecret = PskSecret.Derive(Suite, [.. (psks ?? []).Select(id => (id, Psk))]);
        using var joiner = JoinerSecret.Derive(Suite, init, zero, context);
        using var secrets = joiner.DeriveEpoch(pskSecret, context);
        var tag = secrets.ConfirmationTag(Suite, context.ConfirmedTranscriptHash);
        var extensions = new ExtensionList(new Extension(ExtensionType.RatchetTree, Tls.Encode(tree ?? Tree)));
        var groupInfo = GroupInfo.Sign(Suite, context, extensions, tag, new LeafIndex(0), key);
        if (change is not null)
            groupInfo = change(groupInfo);
        if (resign)
            groupInfo = GroupInfo.Sign(Suite, groupInfo.GroupContext, groupInfo.Extensions, groupInfo.ConfirmationTag, groupInfo.Signer, key);
        return WelcomeCipher.Seal(Suite, joiner, pskSecret, psks ?? [], groupInfo, [(Bundle.KeyPackage, pathSecret)], TestRandom.Fill);
    }

    /// <summary>A Welcome whose GroupSecrets are others, encrypted anew.</summary>
    public Welcome Reseal(Welcome welcome, ReadOnlySpan<byte> groupSecrets)
    {
        var ciphertext = Suite.EncryptWithLabel(Bundle.KeyPackage.InitKey, Labels.Welcome, welcome.EncryptedGroupInfo.Span, groupSecrets, TestRandom.Fill);
        return welcome with { Secrets = [new EncryptedGroupSecrets(Bundle.KeyPackage.Reference(Suite), ciphertext)] };
    }

    public MlsGroup Join(Welcome welcome, JoinOptions? options = null) => MlsGroup.Join(welcome, Bundle, Joiner.Signer, options ?? new JoinOptions());

    /// <summary>The Welcome is refused, and the bundle can still be used: it is as it was.</summary>
    public void Refuses(MlsError error, Welcome welcome, JoinOptions? options = null) => Expect.Refused(error, () => Join(welcome, options), State);

    /// <summary>The same, and the control is joined.</summary>
    public void FiresAlone(MlsError error, Welcome forgery, Welcome control, JoinOptions? options = null) =>
        Expect.FiresAlone(error, () => Join(forgery, options), () => Join(control, options).Dispose(), State);

    public void Dispose()
    {
        Bundle.Dispose();
        Joiner.Dispose();
        Psk.Dispose();
    }

    private Opaque State()
    {
        using var state = Bundle.Serialize();
        return Opaque.Copy(state.Span);
    }
}
