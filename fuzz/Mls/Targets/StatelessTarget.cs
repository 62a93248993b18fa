using Skytale.Fuzz.Mls.Groups;
using Skytale.Fuzz.Mls.Running;

namespace Skytale.Fuzz.Mls.Targets;

/// <summary>Something that takes bytes and keeps nothing.</summary>
internal sealed class StatelessTarget(FuzzGroup group, IReadOnlyList<byte[]> seeds, Action<byte[]> take) : FuzzTarget(group)
{
    public override IReadOnlyList<byte[]> Seeds => seeds;

    public override void Take(byte[] input) => take(input);
}
