using System.Buffers.Text;
using System.Security.Cryptography;
using Skytale.Groups;
using Skytale.Mls.Crypto;
using Skytale.Protocol;

namespace Skytale.Tests;

/// <summary>An identity key, made where the agent runs.</summary>
public sealed class AgentIdentity
{
    private readonly SignatureKeyPair _signer = ChannelSuite.Default.GenerateSignatureKeyPair(RandomNumberGenerator.Fill);

    public AgentId Id => AgentId.FromPublicKey(_signer.PublicKey.Value.Span);

    /// <summary>The key's signature for a registration, base64url.</summary>
    public string Prove(string accountId, string name, string label = LabeledContent.AgentRegistration) =>
        Base64Url.EncodeToString(ChannelSuite.Default.Signature.Sign(
            _signer.PrivateKey, LabeledContent.Encode(label, AgentRegistrationContent.Encode(accountId, name, Id).Span).Span).Span);

    /// <summary>The body that registers the agent.</summary>
    public object Registration(string accountId, string name) => new { name, agent_id = Id.ToString(), proof = Prove(accountId, name) };
}
