using Skytale.Mls.Extensions;
using Skytale.Mls.Messages;

namespace Skytale.Mls.Groups;

/// <summary>§12.4.3: what a GroupInfo tells those outside beside the GroupContext.</summary>
public sealed record GroupInfoOptions
{
    public static GroupInfoOptions Default { get; } = new();

    /// <summary>§12.4.3.3: true when it holds the tree; else joiners get that elsewhere.</summary>
    public bool RatchetTree { get; init; } = true;

    /// <summary>§12.4.3.2: true when it holds the key to join the epoch by an external commit.</summary>
    public bool ExternalPub { get; init; }

    /// <summary>The application's extensions.</summary>
    public ExtensionList Extensions { get; init; } = ExtensionList.Empty;

    /// <summary>Further ones that say something about the epoch itself, made when its GroupContext is known; none when null.</summary>
    public Func<GroupContext, ExtensionList>? ExtensionsOf { get; init; }
}
