using System.Text;
using Skytale.Groups.Roles;
using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
using Skytale.Protocol;

namespace Skytale.Groups;

// struct {
//     opaque name<V>;    // org/namespace/service
// } ChannelExtension;

/// <summary>
/// The GroupContext extension that names the channel: what every member's secrets depend on, so that a relay cannot bind
/// another name to the group. Its type is in RFC 9420's private range (§17.3).
/// </summary>
public sealed record ChannelExtension(ChannelName Name) : IWireStruct<ChannelExtension>
{
    /// <summary>The extension's type; every leaf's capabilities list it.</summary>
    public const ExtensionType Type = (ExtensionType)0xf5c1;

    /// <summary>A new channel's GroupContext extensions: its name, its policy, and that every member must understand both.</summary>
    public static ExtensionList ListFor(ChannelName name, AgentId creator) => new(
        new Extension(ExtensionType.RequiredCapabilities, Tls.Encode(new RequiredCapabilities([Type, ChannelPolicy.Type], [], []))),
        new Extension(Type, Tls.Encode(new ChannelExtension(name))),
        new Extension(ChannelPolicy.Type, Tls.Encode(ChannelPolicy.Of(creator))));

    /// <summary>The channel's name in a GroupContext's extensions.</summary>
    /// <exception cref="Mls.MlsException"><see cref="Mls.MlsError.InvalidExtension"/>: it is missing or malformed.</exception>
    public static ChannelName NameIn(ExtensionList extensions) =>
        extensions.Find<ChannelExtension>(Type)?.Name ?? throw new Mls.MlsException(Mls.MlsError.InvalidExtension, "no channel name");

    /// <inheritdoc/>
    public void WriteTo(TlsWriter writer) => writer.WriteOpaque(Encoding.ASCII.GetBytes(Name.ToString()));

    /// <inheritdoc/>
    public static ChannelExtension ReadFrom(ref TlsReader reader) =>
        ChannelName.TryParse(Encoding.ASCII.GetString(reader.ReadOpaque().Span), out var name)
            ? new ChannelExtension(name)
            : throw new Mls.MlsException(Mls.MlsError.InvalidExtension, "not a channel name");
}
