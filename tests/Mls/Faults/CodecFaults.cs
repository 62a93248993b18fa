using System.Collections.Immutable;
using System.Reflection;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tests.Groups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Faults;

/// <summary>Faults 2, 3, 4, 7 and 8: lengths, ends, optional fields, versions and numbers.</summary>
public sealed class CodecFaults
{
    /// <summary>Every structure that can come from outside.</summary>
    public static TheoryData<Type> WireTypes => [.. typeof(Tls).Assembly.GetTypes().Where(IsWireStruct)];

    [Theory]
    [Fault(2)]
    [MemberData(nameof(WireTypes))]
    public void A_decoder_allocates_nothing_for_a_length_that_is_only_claimed(Type type)
    {
        // The longest length that can be said, behind every prefix that could lead to it, and nothing behind.
        var decode = Decoder(type);
        foreach (var before in Enumerable.Range(0, 40))
        {
            foreach (var filler in new byte[] { 0, 1, 2 })
            {
                byte[] bytes = [.. Enumerable.Repeat(filler, before), 0xbf, 0xff, 0xff, 0xff, 1, 2, 3];
                var start = GC.GetAllocatedBytesForCurrentThread();
                Refused(() => decode(bytes));
                (GC.GetAllocatedBytesForCurrentThread() - start).ShouldBeLessThan(200_000, $"{type.Name} behind {before} bytes of {filler}");
            }
        }
    }

    [Theory]
    [Fault(2)]
    [MemberData(nameof(WireTypes))]
    public void A_decoder_never_reads_beyond_its_input(Type type)
    {
        var decode = Decoder(type);
        var random = new Random(7);
        for (var round = 0; round < 400; round++)
        {
            var bytes = new byte[random.Next(0, 60)];
            random.NextBytes(bytes);
            Refused(() => decode(bytes));
        }
    }

    [Theory]
    [Fault(3)]
    [InlineData(0x3f, 1)]
    [InlineData(0x40, 2)]
    [InlineData(0x3fff, 2)]
    [InlineData(0x4000, 4)]
    public void A_length_at_a_boundary_is_not_one_off(int length, int prefix)
    {
        using var writer = new TlsWriter();
        writer.WriteOpaque(new byte[length]);
        writer.Length.ShouldBe(prefix + length);
        var reader = new TlsReader(writer.WrittenSpan.ToArray());
        reader.ReadOpaque().Length.ShouldBe(length);
        reader.ExpectEnd();
    }

    [Fact]
    [Fault(3)]
    public void The_largest_length_is_not_one_off()
    {
        using var writer = new TlsWriter();
        writer.WriteLength(TlsWriter.MaxVectorLength);
        writer.WrittenSpan.SequenceEqual<byte>([0xbf, 0xff, 0xff, 0xff]).ShouldBeTrue();
        new TlsReader(writer.WrittenSpan.ToArray()).ReadLength().ShouldBe(0x3fffffff);
        Expect.Refused(MlsError.TooLarge, () => writer.WriteLength(TlsWriter.MaxVectorLength + 1));
    }

    [Fact]
    [Fault(3)]
    public void A_length_in_more_bytes_than_needed_is_refused()
    {
        byte[][] longer = [[0x40, 0x00], [0x40, 0x3f], [0x80, 0, 0, 0], [0x80, 0, 0, 0x3f], [0x80, 0, 0x3f, 0xff]];
        foreach (var bytes in longer)
            Expect.Refused(MlsError.InvalidLengthPrefix, () => new TlsReader(bytes).ReadLength());
    }

    [Fact]
    [Fault(3)]
    public void A_length_with_the_prefix_11_is_refused()
    {
        for (var first = 0xc0; first <= 0xff; first++)
            Expect.Refused(MlsError.InvalidLengthPrefix, () => new TlsReader(new byte[] { (byte)first, 0, 0, 0, 0, 0, 0, 0 }).ReadLength());
    }

    [Fact]
    [Fault(3)]
    public void Bytes_behind_a_structure_are_refused()
    {
        var client = new Client("sender");
        Expect.Refused(MlsError.TrailingBytes, () => Tls.Decode<KeyPackage>([.. Tls.Encode(client.KeyPackage).Span, 0]));
        Expect.Refused(MlsError.TrailingBytes, () => Tls.Decode<MlsMessage>([.. Tls.Encode(new MlsMessage(client.KeyPackage)).Span, 0]));
        Expect.Refused(MlsError.TrailingBytes, () => Tls.Decode<LeafNode>([.. Tls.Encode(client.KeyPackage.LeafNode).Span, 0]));
    }

    [Fact]
    [Fault(3)]
    public void Bytes_behind_the_content_of_a_known_extension_are_refused()
    {
        var required = Tls.Encode(new RequiredCapabilities([], [], []));
        var list = new ExtensionList(new Extension(ExtensionType.RequiredCapabilities, Opaque.Copy([.. required.Span, 0])));
        Expect.Refused(MlsError.InvalidExtension, () => list.Find<RequiredCapabilities>(ExtensionType.RequiredCapabilities));
        var tree = Tls.Encode(ForgedGroup.Of(2).Public.Tree);
        list = new ExtensionList(new Extension(ExtensionType.RatchetTree, Opaque.Copy([.. tree.Span, 0])));
        Expect.Refused(MlsError.InvalidExtension, () => list.Find<RatchetTree>(ExtensionType.RatchetTree));
    }

    [Fact]
    [Fault(3)]
    public void A_list_that_ends_within_an_element_is_refused()
    {
        var capabilities = Tls.Encode(Capabilities.Basic(Client.Suite.Id)).Span.ToArray();
        capabilities[0].ShouldBe((byte)2);
        Expect.Refused(MlsError.Truncated, () => Tls.Decode<Capabilities>([3, .. capabilities[1..3], 0, .. capabilities[3..]]));
        Expect.Refused(MlsError.Truncated, () => Tls.Decode<Capabilities>([1, capabilities[1], .. capabilities[3..]]));
        Expect.Refused(MlsError.Truncated, () => Tls.Decode<ParentNode>([.. Tls.Encode(new ParentNode(Client.FreshKey(), Opaque.Empty, [])).Span[..^1], 3, 0, 0, 0]));
    }

    [Fact]
    [Fault(3)]
    public void Values_that_an_enum_does_not_have_are_refused()
    {
        var psk = Tls.Encode<PreSharedKeyId>(new ResumptionPskId(ResumptionPskUsage.Branch, Opaque.Empty, new Epoch(1), Opaque.Empty)).Span.ToArray();
        foreach (var usage in new byte[] { 0, 4, 255 })
            Expect.Refused(MlsError.UnknownEnumValue, () => Tls.Decode<PreSharedKeyId>([psk[0], usage, .. psk[2..]]));
        foreach (var type in new byte[] { 0, 3, 255 })
            Expect.Refused(MlsError.UnknownEnumValue, () => Tls.Decode<PreSharedKeyId>([type, .. psk[1..]]));
        foreach (var type in new byte[] { 0, 5, 255 })
            Expect.Refused(MlsError.UnknownEnumValue, () => Tls.Decode<Sender>([type, 0, 0, 0, 0]));
        foreach (var type in new byte[] { 0, 3, 255 })
            Expect.Refused(MlsError.UnknownEnumValue, () => Tls.Decode<ProposalOrRef>([type, 0]));
    }

    [Fact]
    [Fault(4)]
    public void Group_secrets_without_psks_have_the_empty_vector()
    {
        using var secrets = new GroupSecrets(Secret.Random(32, TestRandom.Fill), null, []);
        var bytes = Tls.Encode(secrets).Span.ToArray();
        bytes.Length.ShouldBe(1 + 32 + 1 + 1);
        bytes[^2..].ShouldBe([0, 0], "no path_secret, no PSKs");
        Expect.Refused(MlsError.Truncated, () => Decode(bytes[..^1]));
        Decode(bytes);
    }

    [Fact]
    [Fault(4)]
    public void The_path_secret_of_group_secrets_is_optional()
    {
        using var path = new GroupSecrets(Secret.Random(32, TestRandom.Fill), Secret.Random(32, TestRandom.Fill), []);
        var bytes = Tls.Encode(path).Span.ToArray();
        bytes.Length.ShouldBe(1 + 32 + 1 + 1 + 32 + 1);
        Decode(bytes);
        bytes[33] = 2;
        Expect.Refused(MlsError.InvalidPresence, () => Decode(bytes));
    }

    [Fact]
    [Fault(7)]
    public void A_key_package_of_another_version_than_its_message_is_refused()
    {
        var client = new Client("of the future");
        var forged = client.Forge(package: package => package with { Version = (ProtocolVersion)2 });
        Expect.Refused(MlsError.UnsupportedVersion, () => ValidatedKeyPackage.Validate(Received(forged), Client.Now));
        ValidatedKeyPackage.Validate(Received(client.KeyPackage), Client.Now);

        // Nor is it when the message itself is of that version, or when it comes in an Add.
        var message = Tls.Encode(new MlsMessage(forged)).Span.ToArray();
        message[1] = 2;
        Expect.Refused(MlsError.UnsupportedVersion, () => Tls.Decode<MlsMessage>(message));
        var group = ForgedGroup.Of(2);
        group.Refuses(MlsError.UnsupportedVersion, group.Commit(0, new AddProposal(forged)));

        static KeyPackage Received(KeyPackage package) => Tls.Decode<MlsMessage>(Tls.Encode(new MlsMessage(package))).KeyPackage!;
    }

    [Fact]
    [Fault(7)]
    public void A_group_of_another_version_is_refused_whatever_it_comes_in()
    {
        var info = ForgedGroup.Of(2).Info();
        var bytes = Tls.Encode(info).Span.ToArray();
        Tls.Decode<GroupInfo>(bytes).ShouldBe(info);
        bytes[1] = 2;
        Expect.Refused(MlsError.UnsupportedVersion, () => Tls.Decode<GroupInfo>(bytes));
        var context = Tls.Encode(info.GroupContext).Span.ToArray();
        context[1] = 0;
        Expect.Refused(MlsError.UnsupportedVersion, () => Tls.Decode<GroupContext>(context));
    }

    [Theory]
    [Fault(8)]
    [InlineData(LeafIndex.Max + 1)]
    [InlineData(0x7fffffffu)]
    [InlineData(0x80000000u)]
    [InlineData(0xffffffffu)]
    public void A_leaf_number_never_doubles_into_another_node(uint leaf)
    {
        Expect.Refused(MlsError.IndexOutOfRange, () => LeafIndex.FromWire(leaf));
        Expect.Refused(MlsError.IndexOutOfRange, () => Tls.Decode<Sender>([1, (byte)(leaf >> 24), (byte)(leaf >> 16), (byte)(leaf >> 8), (byte)leaf]));
        var group = ForgedGroup.Of(2);
        group.Refuses(MlsError.BlankLeafProposal, group.Commit(0, new RemoveProposal(new LeafIndex(leaf))));
    }

    [Fact]
    [Fault(8)]
    public void A_tree_beyond_the_largest_size_is_refused()
    {
        // A blank is one byte: twice the bound's leaves and the parents between.
        using var writer = new TlsWriter();
        var start = writer.BeginVector();
        writer.WriteZeros(2 * RatchetTree.MaxLeaves + 1);
        writer.EndVector(start);
        var bytes = writer.ToOpaque();
        Expect.Refused(MlsError.TooLarge, () => Tls.Decode<RatchetTree>(bytes));
    }

    [Fact]
    [Fault(8)]
    public void Leaf_zero_is_a_leaf()
    {
        var group = ForgedGroup.Of(4);
        var zero = new LeafIndex(0);
        group.Apply(group.CommitReferences(3, group.Propose(0, group.Update(0)))).Updated.Single().Index.ShouldBe(zero);
        group.Apply(group.Commit(0)).Committer.ShouldBe(zero);
        group.Apply(group.Commit(3, new RemoveProposal(zero))).Removed.Single().Index.ShouldBe(zero);
        group.Apply(group.Commit(3, group.Adds(1))).Added.Single().Index.ShouldBe(zero);
    }

    private static void Decode(byte[] groupSecrets)
    {
        using var plaintext = Secret.Copy(groupSecrets);
        GroupSecrets.Decode(plaintext).Dispose();
    }

    // Most of these bytes are no structure; some are, which is as good: anything but the library's own refusal is the fault.
    private static void Refused(Action decode)
    {
        try
        {
            decode();
        }
        catch (TargetInvocationException e) when (e.InnerException is MlsException)
        {
            // Refused as it should be.
        }
    }

    private static bool IsWireStruct(Type type) =>
        !type.IsInterface && type.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IWireStruct<>) && i.GetGenericArguments()[0] == type);

    private static Action<byte[]> Decoder(Type type)
    {
        var decode = typeof(CodecFaults).GetMethod(nameof(DecodeExactly), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type);
        return bytes => decode.Invoke(null, [bytes]);
    }

    private static void DecodeExactly<T>(byte[] bytes) where T : IWireStruct<T> => Tls.Decode<T>(new Opaque(bytes));
}
