using System.Text;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Tree;
using Skytale.Protocol;

namespace Skytale.Groups;

/// <summary>
/// The Authentication Service of RFC 9420 §5.3.1, which needs no server: a leaf's basic credential is the did:key of the
/// leaf's own signature key, in its one spelling.
/// </summary>
public static class AgentLeaf
{
    /// <summary>The credential of an agent's leaves.</summary>
    public static Credential CredentialOf(AgentId agent) => new BasicCredential(new Opaque(Encoding.ASCII.GetBytes(agent.ToString())));

    /// <summary>The agent that a credential names, or null when it names none; for credentials of leaves that were identified before.</summary>
    public static AgentId? Named(Credential credential) =>
        credential is BasicCredential basic && AgentId.TryParse(Encoding.ASCII.GetString(basic.Identity.Span), out var agent) ? agent : null;

    /// <summary>The agent that a leaf belongs to, or null when its credential is not its key's.</summary>
    public static AgentId? Identify(LeafNode leaf) =>
        Named(leaf.Credential) is { } agent && leaf.SignatureKey.Value.Span.SequenceEqual(agent.ToPublicKey()) ? agent : null;
}
