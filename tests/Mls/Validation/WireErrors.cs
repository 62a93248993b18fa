using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Validation;

/// <summary>Each error of the codec (§2.1), of versions, suites and keys (§5.1), alone.</summary>
public sealed class WireErrors
{
    private readonly byte[] _message = Tls.Encode(new MlsMessage(new Client("sender").KeyPackage)).Span.ToArray();

    [Fact]
    [Fires(MlsError.Truncated)]
    public void A_structure_that_lacks_its_last_byte() => Alone(MlsError.Truncated, _message[..^1]);

    [Fact]
    [Fires(MlsError.TrailingBytes)]
    public void A_structure_with_a_byte_behind_it() => Alone(MlsError.TrailingBytes, [.. _message, 0]);

    [Fact]
    [Fires(MlsError.InvalidLengthPrefix)]
    public void A_length_in_more_bytes_than_it_needs()
    {
        // The init key's length stands behind MLSMessage's and the package's four 16-bit fields: 32, in one byte.
        _message[8].ShouldBe((byte)32);
        Alone(MlsError.InvalidLengthPrefix, [.. _message[..8], 0x40, 32, .. _message[9..]]);
        Alone(MlsError.InvalidLengthPrefix, [.. _message[..8], 0x80, 0, 0, 32, .. _message[9..]]);
        Alone(MlsError.InvalidLengthPrefix, [.. _message[..8], 0xe0, .. _message[9..]]);
    }

    [Fact]
    [Fires(MlsError.InvalidPresence)]
    public void A_presence_octet_of_two()
    {
        var tree = Tls.Encode(ForgedGroup.Of(1).Public.Tree).Span.ToArray();
        tree[2].ShouldBe((byte)1);
        Expect.FiresAlone(MlsError.InvalidPresence, () => Tls.Decode<RatchetTree>([.. tree[..2], 2, .. tree[3..]]), () => Tls.Decode<RatchetTree>(tree));
    }

    [Fact]
    [Fires(MlsError.TooLarge)]
    public void A_list_with_one_entry_more_than_the_bound()
    {
        Expect.FiresAlone(MlsError.TooLarge, () => Read(Capabilities.MaxListed + 1), () => Read(Capabilities.MaxListed));

        static void Read(int listed) => Tls.Decode<Capabilities>(Tls.Encode(Capabilities.Basic(Client.Suite.Id) with
        {
            Extensions = [.. Enumerable.Range(0, listed).Select(i => (ExtensionType)(0xf000 + i))],
        }));
    }

    [Fact]
    [Fires(MlsError.UnknownEnumValue)]
    public void A_wire_format_that_no_structure_has() => Alone(MlsError.UnknownEnumValue, [.. _message[..2], 0, 6, .. _message[4..]]);

    [Fact]
    [Fires(MlsError.UnsupportedVersion)]
    public void A_message_of_another_version() => Alone(MlsError.UnsupportedVersion, [0, 2, .. _message[2..]]);

    [Fact]
    [Fires(MlsError.UnsupportedCipherSuite)]
    public void A_key_package_of_a_suite_that_is_not_implemented()
    {
        // Everything else is consistent: the leaf lists the suite, both signatures are made again.
        const CipherSuiteId unknown = (CipherSuiteId)0xf001;
        var client = new Client("of another suite");
        var forged = client.Forge(leaf => leaf with { Capabilities = leaf.Capabilities with { CipherSuites = [unknown, .. leaf.Capabilities.CipherSuites] } });
        Expect.FiresAlone(
            MlsError.UnsupportedCipherSuite,
            () => ValidatedKeyPackage.Validate((forged with { CipherSuite = unknown }).Sign(Client.Suite, client.Signer.PrivateKey), Client.Now),
            () => ValidatedKeyPackage.Validate(forged, Client.Now));
    }

    [Fact]
    [Fires(MlsError.InvalidPublicKey)]
    public void An_init_key_that_is_no_point_of_the_group()
    {
        var client = new Client("without a point");
        Expect.FiresAlone(
            MlsError.InvalidPublicKey,
            () => ValidatedKeyPackage.Validate(client.Forge(package: package => package with { InitKey = new HpkePublicKey(Opaque.Copy(new byte[32])) }), Client.Now),
            () => ValidatedKeyPackage.Validate(client.Forge(package: package => package with { InitKey = Client.FreshKey() }), Client.Now));
    }

    [Fact]
    [Fires(MlsError.InvalidPrivateKey)]
    public void A_private_key_of_the_wrong_length()
    {
        using var right = Secret.Random(32, TestRandom.Fill);
        using var cut = Secret.Copy(right.Span[..31]);
        Expect.FiresAlone(MlsError.InvalidPrivateKey, () => Client.Suite.KeyPairOf(new HpkePrivateKey(cut)), () => Client.Suite.KeyPairOf(new HpkePrivateKey(right)));
    }

    private void Alone(MlsError error, byte[] forgery) =>
        Expect.FiresAlone(error, () => Tls.Decode<MlsMessage>(forgery), () => Tls.Decode<MlsMessage>(_message));
}
