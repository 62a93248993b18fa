using Skytale.Fuzz.Mls.Groups;
using Skytale.Fuzz.Mls.Running;
using Skytale.Mls.PublicGroups;

namespace Skytale.Fuzz.Mls.Targets;

/// <summary>What a member can sign, at the Delivery Service; a fresh observer for each input, whose commit must leave it as it was.</summary>
internal sealed class ObserverInsider(string name, FuzzGroup group, IReadOnlyList<byte[]> seeds, Action<PublicGroup, byte[]> take) : FuzzTarget(name)
{
    public override IReadOnlyList<byte[]> Seeds => seeds;

    public override void Take(byte[] input)
    {
        var observer = group.Observer();
        take(observer, input);
        if (observer.Context != group.Context)
            throw new FuzzFault("staging changed the group");
    }

    public override void Dispose() => group.Dispose();
}
