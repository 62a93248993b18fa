using Skytale.Groups.Roles;
using Skytale.Mls.PublicGroups;
using Skytale.Protocol;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>What a commit changed about who is in the channel and who may do what, as the application is told it.</summary>
internal static class MembershipEvents
{
    public static IEnumerable<ChannelEvent> Between(PublicGroup before, PublicGroup after, AgentId by, IReadOnlyCollection<AgentId> left)
    {
        var (old, young) = (OwnChanges.AgentsIn(before), OwnChanges.AgentsIn(after));
        foreach (var agent in young.Except(old))
            yield return new MemberJoined(agent, by);
        foreach (var agent in old.Except(young))
            yield return left.Contains(agent) ? new MemberLeft(agent) : new MemberRemoved(agent, by);
        if (before.Context.Extensions.Find(ChannelPolicy.Type) != after.Context.Extensions.Find(ChannelPolicy.Type))
            yield return new PolicyChanged(by);
    }
}
