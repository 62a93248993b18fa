using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tests.X509;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Validation;

/// <summary>Each error of leaves, key packages and extensions (§7.2, §7.3, §10, §13), alone: whatever is changed is signed again.</summary>
public sealed class LeafErrors
{
    private const ExtensionType Ours = (ExtensionType)0xf00d;

    private readonly Client _client = new("client");
    private readonly ForgedGroup _group = ForgedGroup.Of(3);

    [Fact]
    [Fires(MlsError.InvalidSignature)]
    public void A_leaf_that_somebody_else_signed() => Alone(
        MlsError.InvalidSignature,
        (_client.KeyPackage with { LeafNode = new Client("other").Sign(_client.KeyPackage.LeafNode, Opaque.Empty, default) }).Sign(Client.Suite, _client.Signer.PrivateKey));

    [Fact]
    [Fires(MlsError.WrongLeafNodeSource)]
    public void A_leaf_of_an_update_in_a_key_package() =>
        Alone(MlsError.WrongLeafNodeSource, _client.Forge(leaf => leaf with { Source = LeafNodeSource.Update, Lifetime = default }));

    [Fact]
    [Fires(MlsError.UnsupportedByLeaf)]
    public void A_leaf_whose_extension_its_capabilities_do_not_list()
    {
        var extensions = new ExtensionList(new Extension(Ours, Opaque.Empty));
        Alone(
            MlsError.UnsupportedByLeaf,
            _client.Forge(leaf => leaf with { Extensions = extensions }),
            _client.Forge(leaf => leaf with { Extensions = extensions, Capabilities = leaf.Capabilities with { Extensions = [Ours] } }));
    }

    [Fact]
    [Fires(MlsError.InvalidLifetime)]
    public void A_leaf_whose_lifetime_is_over()
    {
        var lifetime = _client.KeyPackage.LeafNode.Lifetime;
        var end = DateTimeOffset.FromUnixTimeSeconds((long)lifetime.NotAfter);
        Expect.FiresAlone(
            MlsError.InvalidLifetime,
            () => ValidatedKeyPackage.Validate(_client.KeyPackage, end.AddSeconds(1)),
            () => ValidatedKeyPackage.Validate(_client.KeyPackage, end));
    }

    [Fact]
    [Fires(MlsError.InitKeyReused)]
    public void An_init_key_that_is_the_encryption_key() =>
        Alone(MlsError.InitKeyReused, _client.Forge(package: package => package with { InitKey = package.LeafNode.EncryptionKey }));

    [Fact]
    [Fires(MlsError.KeyPackageMismatch)]
    public void A_key_package_for_another_suite_than_the_groups()
    {
        // It is a good one for that suite: the leaf lists both, and they share the KEM and the signature scheme.
        const CipherSuiteId other = CipherSuiteId.MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519;
        var both = _group.Admit(new Client("both", options => options with { Capabilities = options.Capabilities with { CipherSuites = [Client.Suite.Id, other] } }));
        var package = both.Forge(package: changed => changed with { CipherSuite = other });
        ValidatedKeyPackage.Validate(package, Client.Now);
        _group.FiresAlone(MlsError.KeyPackageMismatch, _group.Commit(0, new AddProposal(package)), _group.Commit(0, new AddProposal(both.KeyPackage)));
    }

    [Fact]
    [Fires(MlsError.DuplicateExtension)]
    public void A_list_with_one_type_twice()
    {
        var bytes = Tls.Encode(new ExtensionList(new Extension(Ours, Opaque.Empty), new Extension((ExtensionType)0xf00e, Opaque.Empty))).Span.ToArray();
        var twice = bytes.ToArray();
        twice[^2] = twice[2];
        Expect.FiresAlone(MlsError.DuplicateExtension, () => Tls.Decode<ExtensionList>(twice), () => Tls.Decode<ExtensionList>(bytes));
    }

    [Fact]
    [Fires(MlsError.ExtensionNotAllowedHere)]
    public void A_group_extension_in_a_leaf() => Alone(
        MlsError.ExtensionNotAllowedHere,
        _client.Forge(leaf => leaf with { Extensions = new ExtensionList(new Extension(ExtensionType.ExternalSenders, Opaque.Copy([0]))) }),
        _client.Forge(leaf => leaf with { Extensions = new ExtensionList(new Extension(ExtensionType.ApplicationId, Opaque.Copy([0]))) }));

    [Fact]
    [Fires(MlsError.InvalidExtension)]
    public void Required_capabilities_with_a_byte_behind_them()
    {
        _group.FiresAlone(MlsError.InvalidExtension, Commit([0, 0, 0, 0]), Commit([0, 0, 0]));

        Framing.PublicMessage Commit(byte[] data) =>
            _group.Commit(0, new GroupContextExtensionsProposal(new ExtensionList(new Extension(ExtensionType.RequiredCapabilities, Opaque.Copy(data)))));
    }

    [Fact]
    [Fires(MlsError.RequiredCapabilityMissing)]
    public void A_member_that_does_not_support_what_the_group_comes_to_require()
    {
        _group.FiresAlone(MlsError.RequiredCapabilityMissing, Commit(CredentialType.X509), Commit(CredentialType.Basic));

        Framing.PublicMessage Commit(CredentialType required) => _group.Commit(0, new GroupContextExtensionsProposal(
            new ExtensionList(new Extension(ExtensionType.RequiredCapabilities, Tls.Encode(new RequiredCapabilities([], [], [required]))))));
    }

    [Fact]
    [Fires(MlsError.CredentialTypeNotSupported)]
    public void A_credential_of_a_type_that_another_member_does_not_support()
    {
        var both = _group[1].KeyPackage.LeafNode.Capabilities with { Credentials = [CredentialType.Basic, CredentialType.X509] };
        _group.FiresAlone(
            MlsError.CredentialTypeNotSupported,
            _group.CommitWithLeaf(1, leaf => leaf with { Credential = TestCertificate.SelfSigned(_group[1].Signer), Capabilities = both }),
            _group.CommitWithLeaf(1, leaf => leaf with { Capabilities = both }));
    }

    [Fact]
    [Fires(MlsError.DuplicateSignatureKey)]
    public void A_client_with_the_signature_key_of_a_member()
    {
        var again = new AddProposal(new Client("again", signer: _group[1].Signer).KeyPackage);
        _group.FiresAlone(MlsError.DuplicateSignatureKey, _group.Commit(0, again), _group.Commit(0, again, new RemoveProposal(new LeafIndex(1))));
    }

    [Fact]
    [Fires(MlsError.DuplicateEncryptionKey)]
    public void A_client_with_the_encryption_key_of_a_member()
    {
        var taken = _client.Forge(leaf => leaf with { EncryptionKey = _group.Public.Tree[new LeafIndex(2)]!.EncryptionKey });
        _group.FiresAlone(MlsError.DuplicateEncryptionKey, _group.CommitWithoutPath(0, new AddProposal(taken)), _group.CommitWithoutPath(0, new AddProposal(_client.KeyPackage)));
    }

    private void Alone(MlsError error, KeyPackage forgery, KeyPackage? control = null) => Expect.FiresAlone(
        error,
        () => ValidatedKeyPackage.Validate(forgery, Client.Now),
        () => ValidatedKeyPackage.Validate(control ?? _client.Forge(), Client.Now));
}
