using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Proposals;

// struct {
//     ProposalOrRef proposals<V>;
//     optional<UpdatePath> path;
// } Commit;

/// <summary>§12.4: the proposals that make the next epoch, and the committer's new path.</summary>
public sealed record Commit(ImmutableArray<ProposalOrRef> Proposals, UpdatePath? Path) : IWireStruct<Commit>
{
    public void WriteTo(TlsWriter writer)
    {
        writer.WriteVector(Proposals);
        writer.WritePresence(Path is not null);
        if (Path is not null)
            writer.Write(Path);
    }

    public static Commit ReadFrom(ref TlsReader reader) => new(
        reader.ReadVector<ProposalOrRef>(),
        reader.ReadPresence() ? UpdatePath.ReadFrom(ref reader) : null);

    public bool Equals(Commit? other) =>
        other is not null && Equals(Path, other.Path) && Proposals.AsSpan().SequenceEqual(other.Proposals.AsSpan());

    public override int GetHashCode() => HashCode.Combine(Proposals.Length, Path);
}
