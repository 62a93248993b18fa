using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

internal static class GroupInfoExtensions
{
    /// <summary>§12.4.3.3: the ratchet_tree extension before the application's.</summary>
    public static ExtensionList WithTree(RatchetTree tree, ExtensionList others) =>
        new([new Extension(ExtensionType.RatchetTree, Tls.Encode(tree)), .. others.All]);
}
