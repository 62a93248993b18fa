using Skytale.Fuzz.Mls.Groups;
using Skytale.Fuzz.Mls.Running;

namespace Skytale.Fuzz.Mls.Targets;

/// <summary>Something that is thrown at Bob, whose stored state is then compared.</summary>
internal sealed class MemberTarget(FuzzGroup group, IReadOnlyList<byte[]> seeds, Action<byte[]> take) : FuzzTarget(group)
{
    private readonly byte[][] _saved = group.Bob.Save();

    public override IReadOnlyList<byte[]> Seeds => seeds;

    public override void Take(byte[] input) => take(input);

    public override byte[] State() => [.. Group.Bob.Save().SelectMany(part => part)];

    public override void Reset() => Group.Bob.Restore(_saved);
}
