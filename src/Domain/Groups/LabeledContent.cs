using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Protocol;

namespace Skytale.Groups;

// struct {
//     opaque label<V>;    // "Skytale 1.0 " + Label
//     opaque content<V>;
// } LabeledContent;

/// <summary>
/// What an identity key, or an invitation's, signs for Skytale: shaped as RFC 9420 §5.1.2's SignContent under a prefix of our own, so that
/// no such signature can be taken for one of MLS, nor one purpose's for another's.
/// </summary>
public static class LabeledContent
{
    /// <summary>Proof of possession on connecting to a relay.</summary>
    public const string RelayProof = "RelayProof";

    /// <summary>Proof of possession on registering an agent in an account.</summary>
    public const string AgentRegistration = "AgentRegistration";

    /// <summary>Rejecting a commit: <c>CommitRejectedContent</c>.</summary>
    public const string CommitRejected = "CommitRejected";

    /// <summary>Asking to be added again: <c>ReAddingContent</c>.</summary>
    public const string ReAdding = "ReAdding";

    /// <summary>Asking to join by an invitation, signed by the invitation's key: <c>JoinRequestContent</c>.</summary>
    public const string JoinRequest = "JoinRequest";

    /// <summary>Vouching for an invitation before the other members.</summary>
    public const string Invitation = "Invitation";

    private const string Prefix = "Skytale 1.0 ";

    /// <summary>The bytes to sign.</summary>
    public static Opaque Encode(string label, ReadOnlySpan<byte> content)
    {
        using var writer = new TlsWriter();
        writer.WriteOpaque(System.Text.Encoding.ASCII.GetBytes(Prefix + label));
        writer.WriteOpaque(content);
        return writer.ToOpaque();
    }

    /// <summary>True when the signature is the agent's identity key's over the content under the label.</summary>
    /// <param name="signature">64 bytes (RFC 8032).</param>
    public static bool Verify(AgentId agent, string label, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature) =>
        Verify(agent.ToPublicKey(), label, content, signature);

    /// <summary>True when the signature is this Ed25519 key's over the content under the label.</summary>
    /// <param name="publicKey">32 bytes.</param>
    /// <param name="signature">64 bytes (RFC 8032).</param>
    public static bool Verify(ReadOnlyMemory<byte> publicKey, string label, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature) =>
        ChannelSuite.Default.Signature.Verify(new SignaturePublicKey(new Opaque(publicKey)), Encode(label, content).Span, signature);
}
