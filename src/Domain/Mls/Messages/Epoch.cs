namespace Skytale.Mls.Messages;

/// <summary>§8: an epoch's number within its group, from 0.</summary>
public readonly record struct Epoch(ulong Value) : IComparable<Epoch>
{
    /// <summary>The epoch that a commit of this one leads to.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.WrongEpoch"/>: there is none behind 2^64 - 1, which a hostile GroupInfo may name.</exception>
    public Epoch Next => Value < ulong.MaxValue ? new(Value + 1) : throw new MlsException(MlsError.WrongEpoch, "the last epoch has no next");

    public int CompareTo(Epoch other) => Value.CompareTo(other.Value);

    public static bool operator <(Epoch left, Epoch right) => left.Value < right.Value;

    public static bool operator >(Epoch left, Epoch right) => left.Value > right.Value;

    public static bool operator <=(Epoch left, Epoch right) => left.Value <= right.Value;

    public static bool operator >=(Epoch left, Epoch right) => left.Value >= right.Value;

    public override string ToString() => $"{Value}";
}
