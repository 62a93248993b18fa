using Skytale.Application.Admin;
using Skytale.Protocol;
using Skytale.Server.Api;

namespace Skytale.Server.Admin;

/// <summary>Channels, their queues and their members' KeyPackages, as administrators see and close them. A path that is no id is nobody's.</summary>
internal static class ChannelEndpoints
{
    public static void MapChannels(this IEndpointRouteBuilder routes)
    {
        routes.MapList("/admin/channels", (credential, page, _) => new SeeChannels(credential, page), ChannelAnswer.Of)
            .Is("see_channels", "The channels that there are.");
        routes.MapAct("/admin/channels/{channel}/close", channel => new CloseChannel(ChannelId.TryParse(channel, out var id) ? id : default))
            .Is("close_channel", "Closes a channel for ever.");
        routes.MapList("/admin/queues", (credential, page, _) => new SeeQueues(credential, page), QueueAnswer.Of)
            .Is("see_queues", "How far the members of each channel are.");
        routes.MapList("/admin/key-packages", (credential, page, query) => new SeeKeyPackages(credential, query.Field("below"), page), KeyPackagesAnswer.Of)
            .Is("see_key_packages", "How many KeyPackages agents have left at each node.").Asks("below");
    }
}
