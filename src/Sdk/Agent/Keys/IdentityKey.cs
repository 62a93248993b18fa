using Skytale.Groups;
using Skytale.Mls;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Protocol;

namespace Skytale.Agent.Keys;

/// <summary>An agent's Ed25519 identity key: the agent's did:key, the signature key of its leaves, its proof to the relay.</summary>
public sealed class IdentityKey : IDisposable
{
    private IdentityKey(SignatureKeyPair keys)
    {
        Keys = keys;
        Id = AgentId.FromPublicKey(keys.PublicKey.Value.Span);
    }

    /// <summary>Who the key says its owner is.</summary>
    public AgentId Id { get; }

    /// <summary>The credential of the agent's leaves.</summary>
    public Credential Credential => AgentLeaf.CredentialOf(Id);

    /// <summary>The pair, for MLS.</summary>
    internal SignatureKeyPair Keys { get; }

    /// <summary>A fresh identity.</summary>
    public static IdentityKey Generate(FillRandom random) => new(ChannelSuite.Default.GenerateSignatureKeyPair(random));

    /// <summary>The identity of a stored seed (32 bytes).</summary>
    public static IdentityKey FromSeed(ReadOnlySpan<byte> seed) => new(ChannelSuite.Default.Signature.FromSeed(seed));

    /// <summary>The seed, to be stored encrypted. A copy, for the caller to dispose.</summary>
    public Secret CopySeed() => Secret.Copy(Keys.PrivateKey.Value.Span);

    /// <summary>Signs content of our own making under a label of <see cref="LabeledContent"/>: 64 bytes.</summary>
    public ReadOnlyMemory<byte> Sign(string label, ReadOnlySpan<byte> content) =>
        ChannelSuite.Default.Signature.Sign(Keys.PrivateKey, LabeledContent.Encode(label, content).Span).Memory;

    /// <summary>Zeroes the private key.</summary>
    public void Dispose() => Keys.Dispose();
}
