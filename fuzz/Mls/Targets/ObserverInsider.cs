using Skytale.Fuzz.Mls.Groups;
using Skytale.Fuzz.Mls.Running;
using Skytale.Mls.PublicGroups;

namespace Skytale.Fuzz.Mls.Targets;

/// <summary>What a member can sign, at the Delivery Service; a fresh observer for each input, whose commit must leave it as it was.</summary>
internal sealed class ObserverInsider(FuzzGroup group, IReadOnlyList<byte[]> seeds, Action<PublicGroup, byte[]> take) : FuzzTarget(group)
{
    public override IReadOnlyList<byte[]> Seeds => seeds;

    public override void Take(byte[] input)
    {
        var observer = Group.Observer();
        take(observer, input);
        if (observer.Context != Group.Context)
            throw new FuzzFault("staging changed the group");
    }
}
