namespace Skytale.Mls.Extensions;

/// <summary>§13.4: where a list of extensions stands.</summary>
[Flags]
internal enum ExtensionPlace
{
    None = 0,
    KeyPackage = 1,
    LeafNode = 2,
    GroupContext = 4,
    GroupInfo = 8,
}

/// <summary>§17.3: the places that the registry gives each known type ("Message(s)"); unknown types may stand anywhere.</summary>
internal static class ExtensionPlaces
{
    /// <exception cref="MlsException"><see cref="MlsError.ExtensionNotAllowedHere"/>.</exception>
    public static void Check(ExtensionList extensions, ExtensionPlace place)
    {
        foreach (var extension in extensions.All)
        {
            if (Of(extension.Type) is { } allowed && !allowed.HasFlag(place))
                throw new MlsException(MlsError.ExtensionNotAllowedHere, $"{extension.Type} in {place}");
        }
    }

    private static ExtensionPlace? Of(ExtensionType type) => type switch
    {
        ExtensionType.ApplicationId => ExtensionPlace.LeafNode,
        ExtensionType.RatchetTree => ExtensionPlace.GroupInfo,
        ExtensionType.RequiredCapabilities => ExtensionPlace.GroupContext,
        ExtensionType.ExternalPub => ExtensionPlace.GroupInfo,
        ExtensionType.ExternalSenders => ExtensionPlace.GroupContext,
        ExtensionType.LastResort => ExtensionPlace.KeyPackage,
        _ => null,
    };
}
