using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Tests.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.KeyPackages;

/// <summary>§10, §10.1: key packages are made, stored and validated.</summary>
public sealed class KeyPackageTests
{
    private readonly Client _client = new("client");

    [Fact]
    public void A_key_package_that_was_made_is_valid_and_survives_the_wire()
    {
        var read = Tls.Decode<KeyPackage>(Tls.Encode(_client.KeyPackage));
        read.ShouldBe(_client.KeyPackage);
        read.Reference(Client.Suite).ShouldBe(_client.KeyPackage.Reference(Client.Suite));
        ValidatedKeyPackage.Validate(read, Client.Now).KeyPackage.ShouldBeSameAs(read);
    }

    [Fact]
    [Fault(35)]
    public void Last_resort_is_an_extension_of_the_package_that_the_client_lists()
    {
        _client.KeyPackage.IsLastResort.ShouldBeFalse();
        var extensions = new ExtensionList(new Extension(ExtensionType.LastResort, Opaque.Empty));
        Expect.Refused(MlsError.UnsupportedByLeaf, () => _ = new Client("unlisted", options => options with { Extensions = extensions }));
        var client = new Client("listed", options => options with
        {
            Extensions = extensions,
            Capabilities = options.Capabilities with { Extensions = [ExtensionType.LastResort] },
        });
        client.KeyPackage.IsLastResort.ShouldBeTrue();
        ValidatedKeyPackage.Validate(client.KeyPackage, Client.Now).KeyPackage.IsLastResort.ShouldBeTrue();
    }

    [Fact]
    public void A_bundle_survives_storage_with_keys_that_still_open_what_is_sent_to_it()
    {
        using var state = _client.Bundle.Serialize();
        using var restored = KeyPackageBundle.Deserialize(state.Span);
        restored.KeyPackage.ShouldBe(_client.KeyPackage);

        var ciphertext = Client.Suite.EncryptWithLabel(restored.KeyPackage.InitKey, Labels.Welcome, [], "hello"u8, TestRandom.Fill);
        using var opened = Client.Suite.DecryptWithLabel(restored.InitKey, Labels.Welcome, [], ciphertext);
        opened.Span.SequenceEqual("hello"u8).ShouldBeTrue();
        restored.LeafKey.PrivateKey.Value.FixedTimeEquals(_client.Bundle.LeafKey.PrivateKey.Value).ShouldBeTrue();
    }

    [Fact]
    public void A_stored_bundle_that_is_damaged_is_refused()
    {
        using var secret = _client.Bundle.Serialize();
        var state = secret.Span.ToArray();
        Expect.Refused(MlsError.InvalidState, () => KeyPackageBundle.Deserialize([2, .. state.AsSpan(1)]));
        Expect.Refused(MlsError.TrailingBytes, () => KeyPackageBundle.Deserialize([.. state, 0]));
        Expect.Refused(MlsError.Truncated, () => KeyPackageBundle.Deserialize(state.AsSpan(0, 40)));

        // The second byte of the init private key: another key than the package's.
        state[3] ^= 1;
        Expect.Refused(MlsError.InvalidState, () => KeyPackageBundle.Deserialize(state));
    }

    [Fact]
    public void A_key_package_of_another_version_or_an_unknown_suite_is_refused()
    {
        Refused(MlsError.UnsupportedVersion, _client.Forge(package: package => package with { Version = (ProtocolVersion)2 }));
        Refused(MlsError.UnsupportedVersion, _client.Forge(package: package => package with { Version = default }));
        Refused(MlsError.UnsupportedCipherSuite, _client.Forge(package: package => package with { CipherSuite = (CipherSuiteId)0xf001 }));
    }

    [Fact]
    public void A_suite_that_the_leaf_does_not_list_is_refused() =>
        Refused(MlsError.UnsupportedByLeaf, _client.Forge(package: package => package with { CipherSuite = CipherSuiteId.MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519 }));

    [Theory]
    [InlineData(LeafNodeSource.Update)]
    [InlineData(LeafNodeSource.Commit)]
    public void A_leaf_of_another_source_is_refused(LeafNodeSource source) =>
        Refused(MlsError.WrongLeafNodeSource, _client.Forge(leaf => leaf with { Source = source }));

    [Fact]
    public void An_init_key_that_is_the_leafs_encryption_key_is_refused() =>
        Refused(MlsError.InitKeyReused, _client.Forge(package: package => package with { InitKey = package.LeafNode.EncryptionKey }));

    [Fact]
    public void Keys_of_no_point_are_refused()
    {
        var zero = new HpkePublicKey(Opaque.Copy(new byte[32]));
        Refused(MlsError.InvalidPublicKey, _client.Forge(package: package => package with { InitKey = zero }));
        Refused(MlsError.InvalidPublicKey, _client.Forge(leaf => leaf with { EncryptionKey = zero }));
        Refused(MlsError.InvalidPublicKey, _client.Forge(leaf => leaf with { SignatureKey = new SignaturePublicKey(Opaque.Copy(new byte[32])) }));
    }

    [Fact]
    [Fault(5)]
    public void Both_signatures_are_checked()
    {
        var package = _client.KeyPackage;
        Refused(MlsError.InvalidSignature, package with { Signature = Opaque.Empty });
        Refused(MlsError.InvalidSignature, package with { InitKey = Client.FreshKey() });

        // The package's own signature is right, the leaf's is not.
        Refused(MlsError.InvalidSignature, (package with { LeafNode = package.LeafNode with { Signature = package.Signature } }).Sign(Client.Suite, _client.Signer.PrivateKey));

        // Both are right, and by somebody whose key is not the leaf's.
        var other = new Client("other");
        Refused(MlsError.InvalidSignature, (package with { LeafNode = other.Sign(package.LeafNode, Opaque.Empty, default) }).Sign(Client.Suite, other.Signer.PrivateKey));
    }

    [Fact]
    public void Lifetimes_are_checked_against_the_clock_and_the_maximum()
    {
        var lifetime = _client.KeyPackage.LeafNode.Lifetime;
        var first = DateTimeOffset.FromUnixTimeSeconds((long)lifetime.NotBefore);
        var last = DateTimeOffset.FromUnixTimeSeconds((long)lifetime.NotAfter);
        ValidatedKeyPackage.Validate(_client.KeyPackage, first);
        ValidatedKeyPackage.Validate(_client.KeyPackage, last);
        Expect.Refused(MlsError.InvalidLifetime, () => ValidatedKeyPackage.Validate(_client.KeyPackage, first.AddSeconds(-1)));
        Expect.Refused(MlsError.InvalidLifetime, () => ValidatedKeyPackage.Validate(_client.KeyPackage, last.AddSeconds(1)));
        Expect.Refused(MlsError.InvalidLifetime, () => ValidatedKeyPackage.Validate(_client.KeyPackage, first, last - first - TimeSpan.FromSeconds(1)));

        Refused(MlsError.InvalidLifetime, _client.Forge(leaf => leaf with { Lifetime = new Lifetime(0, ulong.MaxValue) }));
        Refused(MlsError.InvalidLifetime, _client.Forge(leaf => leaf with { Lifetime = new Lifetime(lifetime.NotAfter, lifetime.NotBefore) }));
    }

    [Fact]
    public void Capabilities_list_what_the_leaf_uses()
    {
        Refused(MlsError.UnsupportedByLeaf, _client.Forge(leaf => leaf with { Capabilities = leaf.Capabilities with { Credentials = [CredentialType.X509] } }));
        Refused(MlsError.UnsupportedByLeaf, _client.Forge(leaf => leaf with { Capabilities = leaf.Capabilities with { Versions = [(ProtocolVersion)0x0a0a] } }));
        Refused(MlsError.UnsupportedByLeaf, _client.Forge(leaf => leaf with { Extensions = new ExtensionList(new Extension((ExtensionType)0xf00d, Opaque.Empty)) }));
        Refused(MlsError.ExtensionNotAllowedHere, _client.Forge(leaf => leaf with { Extensions = new ExtensionList(new Extension(ExtensionType.ExternalPub, Opaque.Empty)) }));
        Refused(MlsError.ExtensionNotAllowedHere, _client.Forge(package: package => package with { Extensions = new ExtensionList(new Extension(ExtensionType.RatchetTree, Opaque.Empty)) }));
    }

    [Fact]
    [Fault(34)]
    public void Unknown_values_are_ignored_where_they_may_stand()
    {
        var grease = new ExtensionList(new Extension((ExtensionType)0x2a2a, Opaque.Copy([1, 2, 3])));
        var package = _client.Forge(
            leaf => leaf with
            {
                Extensions = grease,
                Capabilities = new Capabilities(
                    [(ProtocolVersion)0x0a0a, .. leaf.Capabilities.Versions],
                    [(CipherSuiteId)0x1a1a, .. leaf.Capabilities.CipherSuites],
                    [(ExtensionType)0x2a2a],
                    [(Mls.Proposals.ProposalType)0x3a3a],
                    [(CredentialType)0x4a4a, .. leaf.Capabilities.Credentials]),
            },
            package => package with { Extensions = grease });
        var read = Tls.Decode<KeyPackage>(Tls.Encode(package));
        ValidatedKeyPackage.Validate(read, Client.Now);
        Tls.Encode(read).ShouldBe(Tls.Encode(package));
    }

    [Fact]
    public void A_bundles_text_shows_no_key()
    {
        var hex = Convert.ToHexStringLower(_client.Bundle.InitKey.PrivateKey.Value.Span);
        var text = $"{_client.Bundle.InitKey} {_client.Bundle.LeafKey} {_client.Bundle.InitKey.PrivateKey.Value}";
        text.ShouldNotContain(hex);
        text.ShouldNotContain(Convert.ToHexStringLower(_client.Bundle.LeafKey.PrivateKey.Value.Span));
    }

    private static void Refused(MlsError error, KeyPackage keyPackage) => Expect.Refused(error, () => ValidatedKeyPackage.Validate(keyPackage, Client.Now));
}
