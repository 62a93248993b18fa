using Skytale.Protocol.Frames;

namespace Skytale.Protocol.Envelopes;

/// <summary>The sender's knowledge of the receiver's table: which value stands in which slot. The oldest makes room.</summary>
internal sealed class SentValues<T>(int slots) where T : class
{
    private readonly Dictionary<T, byte> _slotOf = [];
    private readonly T?[] _values = new T?[slots];
    private byte _next;

    public Kept<T> Keep(T value)
    {
        if (_slotOf.TryGetValue(value, out var slot))
            return new Kept<T>(slot, null);
        slot = _next;
        _next = (byte)((_next + 1) % slots);
        if (_values[slot] is { } old)
            _slotOf.Remove(old);
        _values[slot] = value;
        _slotOf[value] = slot;
        return new Kept<T>(slot, value);
    }
}

/// <summary>The receiver's table.</summary>
internal sealed class ReceivedValues<T>(int slots) where T : class
{
    private readonly T?[] _values = new T?[slots];

    /// <exception cref="ProtocolException"><see cref="ErrorCode.MalformedFrame"/>: a slot beyond the table, or an empty one.</exception>
    public T Take(Kept<T> kept)
    {
        if (kept.Slot >= slots)
            throw CborFields.Malformed($"slot {kept.Slot} of a table of {slots}");
        if (kept.Value is { } value)
            _values[kept.Slot] = value;
        return _values[kept.Slot] ?? throw CborFields.Malformed($"nothing stands in slot {kept.Slot}");
    }
}
