using Skytale.Fuzz.Mls.Groups;
using Skytale.Fuzz.Mls.Running;

namespace Skytale.Fuzz.Mls.Targets;

/// <summary>Something that takes bytes and keeps nothing.</summary>
internal sealed class StatelessTarget(string name, FuzzGroup group, IReadOnlyList<byte[]> seeds, Action<byte[]> take) : FuzzTarget(name)
{
    public override IReadOnlyList<byte[]> Seeds => seeds;

    public override void Take(byte[] input) => take(input);

    public override void Dispose() => group.Dispose();
}
