using System.Buffers.Binary;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Proposals;
using Skytale.Mls.SecretTree;
using Skytale.Mls.Tests.Groups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Faults;

/// <summary>Faults 1, 5, 6, 9 and 10: tags, what signatures cover, labels, and whose key it is.</summary>
public sealed class SignatureFaults : IDisposable
{
    private static readonly CipherSuite Suite = TestGroup.Suite;

    private readonly TestGroup _group = TestGroup.OfThree();

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    private Member Carol => _group[2];

    [Fact]
    [Fault(1)]
    public void An_empty_or_cut_membership_tag_is_refused()
    {
        var commit = new ForgedCommit().By(Alice);
        foreach (var length in new[] { 0, 1, 16, 31 })
            Bob.Refuses(MlsError.InvalidMembershipTag, bob => bob.Process(commit with { MembershipTag = Opaque.Copy(commit.MembershipTag!.Value.Span[..length]) }));
        Bob.Refuses(MlsError.InvalidMembershipTag, bob => bob.Process(commit with { MembershipTag = Opaque.Copy([.. commit.MembershipTag!.Value.Span, 0]) }));
    }

    [Fact]
    [Fault(1)]
    public void An_empty_or_cut_confirmation_tag_is_refused()
    {
        var commit = new ForgedCommit().By(Alice);
        var right = commit.Auth.ConfirmationTag!.Value;
        foreach (var length in new[] { 0, 1, 16, 31 })
            Bob.Refuses(MlsError.InvalidConfirmationTag, bob => bob.Process(Forge.WithConfirmationTag(Alice, commit, Opaque.Copy(right.Span[..length]))));
        Bob.Refuses(MlsError.InvalidConfirmationTag, bob => bob.Process(Forge.WithConfirmationTag(Alice, commit, Opaque.Copy([.. right.Span, 0]))));
    }

    [Fact]
    [Fault(1)]
    public void Tags_that_only_begin_alike_are_not_equal()
    {
        var tag = ForgedGroup.Tag();
        foreach (var wrong in Forge.WrongTags(tag))
        {
            ConstantTime.Equal(tag.Span, wrong.Span).ShouldBeFalse();
            ConstantTime.Equal(wrong.Span, tag.Span).ShouldBeFalse();
        }
        ConstantTime.Equal(tag.Span, tag.Span.ToArray()).ShouldBeTrue();
    }

    [Theory]
    [Fault(5)]
    [InlineData(LeafNodeSource.Update)]
    [InlineData(LeafNodeSource.Commit)]
    public void A_leafs_signature_covers_its_group_and_place(LeafNodeSource source)
    {
        var (groupId, place) = (Opaque.Copy("a group"u8), new LeafIndex(1));
        var client = new Client("client");
        var leaf = client.Sign(client.KeyPackage.LeafNode with { Source = source, Lifetime = default }, groupId, place);
        LeafNodeTbs.Verify(leaf, Suite, groupId, place).ShouldBeTrue();
        LeafNodeTbs.Verify(leaf, Suite, Opaque.Copy("b group"u8), place).ShouldBeFalse();
        LeafNodeTbs.Verify(leaf, Suite, groupId, new LeafIndex(0)).ShouldBeFalse();

        // What is signed, byte for byte: the leaf without its signature, then group_id and leaf_index.
        var encoded = Tls.Encode(leaf).Span;
        using var tbs = new TlsWriter();
        tbs.WriteFixed(encoded[..(encoded.Length - leaf.Signature.Length - 2)]);
        tbs.WriteOpaque(groupId);
        tbs.WriteUInt32(place.Value);
        Suite.VerifyWithLabel(leaf.SignatureKey, "LeafNodeTBS"u8, tbs.WrittenSpan, leaf.Signature).ShouldBeTrue();
    }

    [Fact]
    [Fault(5)]
    public void A_key_packages_leaf_is_bound_to_no_group()
    {
        var leaf = new Client("client").KeyPackage.LeafNode;
        LeafNodeTbs.Verify(leaf, Suite, Opaque.Copy("any group"u8), new LeafIndex(7)).ShouldBeTrue();
    }

    [Fact]
    [Fault(5)]
    public void A_key_package_that_its_leafs_key_did_not_sign_is_refused()
    {
        var (client, other) = (new Client("client"), new Client("other"));
        Expect.Refused(MlsError.InvalidSignature, () => ValidatedKeyPackage.Validate(client.KeyPackage.Sign(Suite, other.Signer.PrivateKey), Client.Now));
    }

    [Fact]
    [Fault(6)]
    public void Labels_have_their_prefix()
    {
        var content = "content"u8;
        using var unprefixed = new TlsWriter();
        unprefixed.WriteOpaque("label"u8);
        unprefixed.WriteOpaque(content);
        Suite.VerifyWithLabel(Alice.Signer.PublicKey, "label"u8, content, Suite.Signature.Sign(Alice.Signer.PrivateKey, unprefixed.WrittenSpan)).ShouldBeFalse();

        using var prefixed = new TlsWriter();
        prefixed.WriteOpaque("MLS 1.0 label"u8);
        prefixed.WriteOpaque(content);
        Suite.VerifyWithLabel(Alice.Signer.PublicKey, "label"u8, content, Suite.Signature.Sign(Alice.Signer.PrivateKey, prefixed.WrittenSpan)).ShouldBeTrue();
    }

    [Fact]
    [Fault(6)]
    public void The_sample_for_sender_data_has_the_length_of_a_hash()
    {
        var ciphertext = new byte[100];
        TestRandom.Fill(ciphertext);
        Sample(ciphertext).ShouldNotBe(Sample(Flipped(31)), "the first KDF.Nh bytes are the sample");
        Sample(ciphertext).ShouldBe(Sample(Flipped(32)));

        // A ciphertext that is shorter is the sample as a whole.
        Sample(ciphertext[..20]).ShouldNotBe(Sample(ciphertext[..21]));

        byte[] Flipped(int at) => Forge.Flip(new Opaque(ciphertext), at).Span.ToArray();

        Opaque Sample(byte[] bytes)
        {
            var (key, nonce) = (new byte[Suite.Aead.KeySize], new byte[Suite.Aead.NonceSize]);
            SenderData.DeriveKeyAndNonce(Suite, Alice.Group.Secrets.SenderData, bytes, key, nonce);
            return Opaque.Copy([.. key, .. nonce]);
        }
    }

    [Fact]
    [Fault(6)]
    public void The_reuse_guard_changes_the_nonce()
    {
        var signed = Forge.SignApplication(Carol, Carol.Group.OwnLeaf);
        using var key = Carol.Group.Sending.NextApplication(Suite);
        var cipher = new PrivateMessageCipher(Suite, Carol.Group.Secrets.SenderData);
        var first = cipher.Seal(signed, key, 0, bytes => bytes.Clear());
        var second = cipher.Seal(signed, key, 0, bytes => bytes.Fill(0xff));
        first.Ciphertext.ShouldNotBe(second.Ciphertext);

        // The first four bytes of the nonce, and only these, are XORed with it.
        Span<byte> nonce = stackalloc byte[Suite.Aead.NonceSize];
        key.Nonce.Span.CopyTo(nonce);
        BinaryPrimitives.WriteUInt32BigEndian(nonce, ~BinaryPrimitives.ReadUInt32BigEndian(nonce));
        using var aad = new TlsWriter();
        PrivateMessage.WriteContentAad(aad, second.GroupId, second.Epoch, second.ContentType, second.AuthenticatedData.Span);
        Suite.Aead.TryOpen(key.Key.Span, nonce, aad.WrittenSpan, second.Ciphertext.Span, new byte[second.Ciphertext.Length - Suite.Aead.TagSize]).ShouldBeTrue();
    }

    [Fact]
    [Fault(9)]
    public void Application_data_in_a_public_message_is_refused()
    {
        var commit = new ForgedCommit().By(Alice);
        var forgery = Forge.WithConfirmationTag(Alice, Forge.Resign(Alice, commit, (FramedContent content) => content with { Body = new ApplicationBody(Opaque.Copy("hello"u8)) }), null);
        Expect.Refused(MlsError.WrongWireFormat, () => Bob.Group.Public.Verify(forgery), Bob.State);
    }

    [Fact]
    [Fault(10)]
    public void A_message_of_a_blank_leaf_is_refused()
    {
        _group.Remove(Alice, Carol);
        using var key = Forge.AnyKey(0);
        var forgery = Forge.Seal(Alice, Forge.SignApplication(Alice, new LeafIndex(2)), key);
        Bob.Refuses(MlsError.UnknownSender, bob => bob.Unprotect(forgery));
    }

    [Fact]
    [Fault(10)]
    public void A_late_message_is_that_of_the_leafs_former_occupant()
    {
        var late = Carol.Send("from carol");
        var carols = Carol.Group.Public.Tree[Carol.Group.OwnLeaf]!.Credential;
        using var dave = new Member(Suite, "dave");
        using var bundle = dave.NewBundle();
        var commit = new ForgedCommit { Proposals = ForgedCommit.ByValue(new RemoveProposal(Carol.Group.OwnLeaf), new AddProposal(bundle.KeyPackage)) }.By(Alice);
        using var staged = Bob.Group.Process(commit);
        using var next = Bob.Group.Merge(staged);
        next.Public.Tree[Carol.Group.OwnLeaf].ShouldBe(bundle.KeyPackage.LeafNode);

        using var read = Bob.Group.Unprotect(late);
        read.Sender.ShouldBe(Carol.Group.OwnLeaf);
        read.Credential.ShouldBe(carols);
    }

    public void Dispose() => _group.Dispose();
}
