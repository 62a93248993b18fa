using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Properties;

/// <summary>
/// Somebody joins by an external commit: a new client, one that was removed before, or a member that starts again and
/// replaces its own leaf. A second one with the same GroupInfo comes too late.
/// </summary>
internal sealed record JoinFromOutside(int Who, bool Psk) : Operation
{
    public override void Apply(World world)
    {
        var service = world.Service;
        if (service.Observer.Members.Count() >= world.MaxMembers || service.GroupInfo.Extensions.Find(Extensions.ExtensionType.ExternalPub) is null)
            return;
        var groupInfo = service.GroupInfo;
        var who = Choose(world);
        using var join = Join(world, who, groupInfo);
        using var stored = join.Serialize();
        using var restored = ExternalJoin.Deserialize(stored.Span, who.Signer);
        service.AcceptCommit(who, restored.Commit, restored.GroupInfo).ShouldBeTrue();
        who.Rejoin(restored, service.Log.Count);

        using var late = world.NewParticipant();
        using var tooLate = Join(world, late, groupInfo);
        service.AcceptCommit(late, tooLate.Commit, tooLate.GroupInfo).ShouldBeFalse();
    }

    private Participant Choose(World world)
    {
        var known = world.Participants[Who % world.Participants.Count];
        var isMember = world.Service.Epochs[world.Service.Epoch].Members.Contains(known.Name);
        if (Who % 2 == 0 && (isMember || known.IsOut))
        {
            world.Count(isMember ? "replaced its leaf" : "came back");
            return known;
        }
        world.Participants.Add(world.NewParticipant());
        return world.Participants[^1];
    }

    private ExternalJoin Join(World world, Participant who, GroupInfo groupInfo) => MlsGroup.JoinExternally(
        groupInfo,
        who.Signer,
        new ExternalJoinOptions
        {
            Credential = who.Credential,
            Capabilities = who.Capabilities,
            Replaces = LeafOf(world, who),
            Psks = Psk ? [Committing.ExternalPsk(world, Who).Psk] : [],
            FindPsk = who.FindPsk,
            GroupInfo = new GroupInfoOptions { ExternalPub = true },
        },
        world.Random);

    private static LeafIndex? LeafOf(World world, Participant who)
    {
        foreach (var (index, leaf) in world.Service.Observer.Members)
        {
            if (DeliveryService.NameOf(leaf.Credential) == who.Name)
                return index;
        }
        return null;
    }
}
