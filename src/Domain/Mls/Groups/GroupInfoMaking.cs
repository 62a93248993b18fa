using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>§12.4.3: an epoch described by one of its members.</summary>
internal static class GroupInfoMaking
{
    /// <param name="secrets">Of the epoch that the context describes: external_pub is its own, not the last one's.</param>
    public static GroupInfo Sign(
        CipherSuite suite, GroupContext context, RatchetTree tree, EpochSecrets secrets, Opaque confirmationTag,
        LeafIndex signer, SignaturePrivateKey key, GroupInfoOptions options)
    {
        var extensions = ImmutableArray.CreateBuilder<Extension>();
        if (options.RatchetTree)
            extensions.Add(new Extension(ExtensionType.RatchetTree, Tls.Encode(tree)));
        if (options.ExternalPub)
        {
            using var external = secrets.ExternalKeyPair(suite);
            extensions.Add(new Extension(ExtensionType.ExternalPub, Tls.Encode(new ExternalPub(external.PublicKey))));
        }
        extensions.AddRange(options.Extensions.All);
        if (options.ExtensionsOf is { } extensionsOf)
            extensions.AddRange(extensionsOf(context).All);
        return GroupInfo.Sign(suite, context, new ExtensionList(extensions.ToImmutable()), confirmationTag, signer, key);
    }
}
