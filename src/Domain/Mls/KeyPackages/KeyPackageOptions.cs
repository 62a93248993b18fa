using Skytale.Mls.Extensions;
using Skytale.Mls.Tree;

namespace Skytale.Mls.KeyPackages;

/// <summary>§10, §7.2: what a client says about itself in a key package.</summary>
public sealed record KeyPackageOptions
{
    /// <summary>What the client supports; must list the credential's type and every extension type below that is not RFC 9420's own.</summary>
    public required Capabilities Capabilities { get; init; }

    /// <summary>When the package may be used.</summary>
    public required Lifetime Lifetime { get; init; }

    /// <summary>Of the leaf: they stay in the tree.</summary>
    public ExtensionList LeafExtensions { get; init; } = ExtensionList.Empty;

    /// <summary>Of the package alone.</summary>
    public ExtensionList Extensions { get; init; } = ExtensionList.Empty;
}
