namespace Skytale.Mls.Tree;

/// <summary>§4.2: a leaf's number, from 0 at the left. At most 2^30 - 1, so that its node index fits.</summary>
public readonly record struct LeafIndex(uint Value) : IComparable<LeafIndex>
{
    /// <summary>The largest number whose node index, twice it, fits an int.</summary>
    public const uint Max = (1u << 30) - 1;

    /// <summary>Reads a number from the wire.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.IndexOutOfRange"/>.</exception>
    public static LeafIndex FromWire(uint value) =>
        value <= Max ? new LeafIndex(value) : throw new MlsException(MlsError.IndexOutOfRange, $"leaf {value}");

    public int CompareTo(LeafIndex other) => Value.CompareTo(other.Value);

    public static bool operator <(LeafIndex left, LeafIndex right) => left.Value < right.Value;

    public static bool operator >(LeafIndex left, LeafIndex right) => left.Value > right.Value;

    public static bool operator <=(LeafIndex left, LeafIndex right) => left.Value <= right.Value;

    public static bool operator >=(LeafIndex left, LeafIndex right) => left.Value >= right.Value;

    public override string ToString() => $"{Value}";
}
