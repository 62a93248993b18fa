using System.Collections.Concurrent;

namespace Skytale.Mls.Crypto;

/// <summary>
/// Pinned memory for secrets. Most are a hash long: slots of 64 bytes are cut from pinned slabs and used again, so that
/// a secret costs no allocation of pinned memory of its own; longer ones get an array of their own.
/// </summary>
internal readonly struct SecretMemory
{
    private const int SlotSize = 64;
    private const int SlotsPerSlab = 1024;

    private static readonly ConcurrentStack<SecretMemory> Free = new();

    private readonly byte[] _array;
    private readonly int _offset;
    private readonly int _length;

    private SecretMemory(byte[] array, int offset, int length)
    {
        _array = array;
        _offset = offset;
        _length = length;
    }

    public Span<byte> Span => _array.AsSpan(_offset, _length);

    public ReadOnlyMemory<byte> Memory => _array.AsMemory(_offset, _length);

    public static SecretMemory Rent(int length)
    {
        if (length > SlotSize)
            return new SecretMemory(GC.AllocateArray<byte>(length, pinned: true), 0, length);
        SecretMemory slot;
        while (!Free.TryPop(out slot))
            AddSlab();
        return slot;
    }

    /// <summary>Takes zeroed memory back.</summary>
    public void Return()
    {
        if (_length == SlotSize)
            Free.Push(this);
    }

    private static void AddSlab()
    {
        var slab = GC.AllocateArray<byte>(SlotSize * SlotsPerSlab, pinned: true);
        var slots = new SecretMemory[SlotsPerSlab];
        for (var i = 0; i < SlotsPerSlab; i++)
            slots[i] = new SecretMemory(slab, i * SlotSize, SlotSize);
        Free.PushRange(slots);
    }
}
