namespace Skytale.Protocol;

/// <summary>A place in a channel's order, from 1; 0 stands before the first entry.</summary>
public readonly record struct Sequence(ulong Value) : IComparable<Sequence>
{
    /// <summary>Before the first entry.</summary>
    public static Sequence Start => default;

    /// <summary>The place behind this one.</summary>
    public Sequence Next => new(checked(Value + 1));

    public int CompareTo(Sequence other) => Value.CompareTo(other.Value);

    public static bool operator <(Sequence left, Sequence right) => left.Value < right.Value;

    public static bool operator >(Sequence left, Sequence right) => left.Value > right.Value;

    public static bool operator <=(Sequence left, Sequence right) => left.Value <= right.Value;

    public static bool operator >=(Sequence left, Sequence right) => left.Value >= right.Value;

    public override string ToString() => $"{Value}";
}

/// <summary>
/// Pairs an answer with its request on one connection. It makes no request safe to repeat: the channel id, the
/// commit's bytes, the message id and the KeyPackage's reference do that.
/// </summary>
public readonly record struct RequestId(uint Value);
