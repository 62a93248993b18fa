using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tests.Groups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Bounds;

/// <summary>
/// Encodings that say much in few bytes: in a valid structure, from every place on, a vector that claims more than there
/// is, and vectors filled with the smallest items that any structure has.
/// </summary>
internal static class HostileEncodings
{
    private const int Filling = 16_000;

    // What a vector is filled with: blanks and empty strings, empty structures of two and three bytes, types that
    // are known, and extensions or leaves that differ from one another.
    private static readonly byte[][] Fillings =
    [
        Repeat(0x00),
        Repeat(0x01, 0x00),
        Repeat(0x02, 0x00),
        Repeat(0x01, 0x00, 0x0a),
        Repeat(0x01, 0x00, 0x00),
        Repeat(0x01, 0x02, 0x00, 0x00, 0x00),
        Repeat(0x00, 0x01, 0x00),
        Repeat(0x00, 0x02, 0x00),
        Repeat(0x00, 0x0a, 0x00),
        Repeat(0xff),
        Counting(2, 1),
        Counting(4, 0),
    ];

    public delegate void Decoder(Opaque bytes);

    /// <summary>Every structure that is read from bytes somebody else wrote, with a valid encoding.</summary>
    public static IEnumerable<(string Name, Opaque Valid, Decoder Decode)> Decoders()
    {
        using var group = TestGroup.Of(TestGroup.Suite, "alice", "bob", "carol", "dave", "erin");
        using var frank = new Member(TestGroup.Suite, "frank");
        using var bundle = frank.NewBundle();
        var psk = new ExternalPskId(Opaque.Copy("a psk"u8), TestGroup.Suite.Hash("a nonce"u8));
        using var pending = group[0].Group.Commit(
            new Mls.Groups.CommitRequest
            {
                Proposals = [new AddProposal(bundle.KeyPackage), new RemoveProposal(new LeafIndex(2)), new PreSharedKeyProposal(psk)],
                FindPsk = _ => Secret.Zero(32),
            },
            TestRandom.Fill);
        var commit = ((CommitBody)pending.Commit.PublicMessage!.Content.Body).Commit;
        using var joinerSecret = Secret.Random(32, TestRandom.Fill);
        using var pathSecret = Secret.Random(32, TestRandom.Fill);
        var groupSecrets = Tls.Encode(new GroupSecrets(joinerSecret, pathSecret, [psk]));

        yield return Of("MLSMessage, a commit", pending.Commit);
        yield return Of("MLSMessage, a Welcome", new MlsMessage(pending.Welcome!));
        yield return Of("MLSMessage, a KeyPackage", new MlsMessage(bundle.KeyPackage));
        yield return Of("MLSMessage, application data", new MlsMessage(group[0].Send("text")));
        yield return Of("GroupInfo with its tree", pending.GroupInfo);
        yield return Of("Commit", commit);
        yield return Of("UpdatePath", commit.Path!);
        yield return Of("KeyPackage", bundle.KeyPackage);
        yield return Of("LeafNode", bundle.KeyPackage.LeafNode);
        yield return Of("ratchet_tree", group[0].Group.Public.Tree);
        yield return Of("X.509 credential", new X509Holder(new X509Credential([new Certificate(Opaque.Copy([1])), new Certificate(Opaque.Copy([2]))])));
        yield return Of("ReInit", new ProposalHolder(new ReInitProposal(Opaque.Copy([1]), ProtocolVersion.Mls10, TestGroup.Suite.Id, new ExtensionList(new Extension(ExtensionType.ApplicationId, Opaque.Empty)))));
        yield return Of("required_capabilities", new RequiredCapabilities([(ExtensionType)0xff00], [(ProposalType)0xff00], [CredentialType.Basic]));
        yield return Of("external_senders", new ExternalSenders([new ExternalSender(frank.Signer.PublicKey, new BasicCredential(Opaque.Copy([1])))]));
        yield return ("GroupSecrets", groupSecrets, bytes => Tls.Decode<GroupSecrets>(bytes).Dispose());
    }

    /// <summary>From every place of the encoding on: a vector of a gigabyte, and vectors of each filling.</summary>
    public static IEnumerable<Opaque> Of(Opaque valid)
    {
        for (var at = 0; at < valid.Length; at++)
        {
            var start = valid.Span[..at].ToArray();
            yield return new Opaque((byte[])[.. start, 0xbf, 0xff, 0xff, 0xff, .. valid.Span[at..]]);
            if (at % 64 < 40 || at < 300)
            {
                foreach (var filling in Fillings)
                    yield return new Opaque((byte[])[.. start, 0x40 | Filling >> 8, Filling & 0xff, .. filling]);
            }
        }
    }

    private static (string, Opaque, Decoder) Of<T>(string name, T value) where T : IWireStruct<T> => (name, Tls.Encode(value), bytes => Tls.Decode<T>(bytes));

    private static byte[] Repeat(params byte[] unit) => [.. Enumerable.Range(0, Filling).Select(i => unit[i % unit.Length])];

    // Numbers of so many bytes, each followed by so many zeros.
    private static byte[] Counting(int size, int zeros)
    {
        var bytes = new byte[Filling];
        for (var i = 0; (i + 1) * (size + zeros) <= Filling; i++)
        {
            bytes[i * (size + zeros) + size - 2] = (byte)(i >> 8);
            bytes[i * (size + zeros) + size - 1] = (byte)i;
        }
        return bytes;
    }

    private sealed record X509Holder(Credential Credential) : IWireStruct<X509Holder>
    {
        public void WriteTo(TlsWriter writer) => writer.Write(Credential);

        public static X509Holder ReadFrom(ref TlsReader reader) => new(Credential.ReadFrom(ref reader));
    }

    private sealed record ProposalHolder(Proposal Proposal) : IWireStruct<ProposalHolder>
    {
        public void WriteTo(TlsWriter writer) => writer.Write(Proposal);

        public static ProposalHolder ReadFrom(ref TlsReader reader) => new(Proposal.ReadFrom(ref reader));
    }
}
