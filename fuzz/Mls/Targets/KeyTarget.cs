using Skytale.Fuzz.Mls.Groups;
using Skytale.Fuzz.Mls.Running;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Fuzz.Mls.Targets;

/// <summary>
/// Keys, KEM outputs and signatures of every suite that somebody else chose. What is called a key can be encrypted to,
/// what is not cannot; a signature is right or wrong and throws nothing.
/// </summary>
internal sealed class KeyTarget : FuzzTarget
{
    private static readonly byte[] Message = "a message"u8.ToArray();

    private readonly SeededRandom _random = new(1);
    private readonly Dictionary<CipherSuiteId, HpkeKeyPair> _recipients = [];

    public KeyTarget(FuzzGroup group) : base(group)
    {
        var seeds = new List<byte[]>();
        foreach (var suite in Supported())
        {
            var pair = suite.GenerateHpkeKeyPair(_random.Fill);
            _recipients[suite.Id] = pair;
            using var signer = suite.GenerateSignatureKeyPair(_random.Fill);
            var input = new Input(suite.Id, pair.PublicKey, suite.EncryptWithLabel(pair.PublicKey, Message, Message, Message, _random.Fill),
                signer.PublicKey, suite.SignWithLabel(signer.PrivateKey, Message, Message), Opaque.Copy(pair.PrivateKey.Value.Span));
            seeds.Add(Tls.Encode(input).Span.ToArray());
        }
        Seeds = seeds;
    }

    public override IReadOnlyList<byte[]> Seeds { get; }

    public override void Take(byte[] input)
    {
        var given = Tls.Decode<Input>(input);
        var suite = CipherSuite.Get(given.Suite);

        // Neither throws, whatever the bytes are.
        var isKey = suite.IsValidPublicKey(given.PublicKey.Value);
        if (suite.VerifyWithLabel(given.SignatureKey, Message, Message, given.Signature) && !suite.Signature.IsValidPublicKey(given.SignatureKey.Value.Span))
            throw new FuzzFault("a signature verifies under what is no key");

        if (isKey != Succeeds(() => suite.EncryptWithLabel(given.PublicKey, Message, Message, Message, _random.Fill)))
            throw new FuzzFault($"valid: {isKey}, but encrypting to it says otherwise");
        using (var privateKey = new HpkePrivateKey(Secret.Copy(given.PrivateKey.Span)))
            suite.KeyPairOf(privateKey);
        suite.DecryptWithLabel(_recipients[suite.Id], Message, Message, given.Ciphertext).Dispose();
    }

    public override void Dispose()
    {
        foreach (var pair in _recipients.Values)
            pair.Dispose();
        base.Dispose();
    }

    /// <summary>The suites that this build has.</summary>
    private static IEnumerable<CipherSuite> Supported()
    {
        foreach (var id in Enum.GetValues<CipherSuiteId>())
        {
            CipherSuite? suite = null;
            if (Succeeds(() => suite = CipherSuite.Get(id)))
                yield return suite!;
        }
    }

    private static bool Succeeds(Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (MlsException)
        {
            return false;
        }
    }

    private sealed record Input(
        CipherSuiteId Suite, HpkePublicKey PublicKey, HpkeCiphertext Ciphertext, SignaturePublicKey SignatureKey, Opaque Signature, Opaque PrivateKey) : IWireStruct<Input>
    {
        public void WriteTo(TlsWriter writer)
        {
            writer.WriteUInt16((ushort)Suite);
            writer.Write(PublicKey);
            writer.Write(Ciphertext);
            writer.Write(SignatureKey);
            writer.WriteOpaque(Signature);
            writer.WriteOpaque(PrivateKey);
        }

        public static Input ReadFrom(ref TlsReader reader) => new(
            (CipherSuiteId)reader.ReadUInt16(), HpkePublicKey.ReadFrom(ref reader), HpkeCiphertext.ReadFrom(ref reader),
            SignaturePublicKey.ReadFrom(ref reader), reader.ReadOpaque(), reader.ReadOpaque());
    }
}
