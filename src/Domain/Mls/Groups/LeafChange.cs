using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>§7.3, §12.1.2: what a member says anew about itself in an Update or a commit's path; null leaves it as it was.</summary>
public sealed record LeafChange
{
    /// <summary>A new signature key pair; the caller's, who keeps it from now on while the group lives.</summary>
    public SignatureKeyPair? Signer { get; init; }

    public Credential? Credential { get; init; }

    public Capabilities? Capabilities { get; init; }

    public ExtensionList? Extensions { get; init; }

    internal LeafNode Apply(LeafNode leaf) => leaf with
    {
        SignatureKey = Signer?.PublicKey ?? leaf.SignatureKey,
        Credential = Credential ?? leaf.Credential,
        Capabilities = Capabilities ?? leaf.Capabilities,
        Extensions = Extensions ?? leaf.Extensions,
    };
}
