namespace Skytale.Mls.Crypto;

/// <summary>
/// Pinned memory for secrets. Most are a hash long, others a message: slots of three sizes are cut from pinned slabs and
/// used again, since pinned memory of its own would cost each a collection of the oldest generation. What is longer than
/// the largest slot gets an array of its own.
/// </summary>
internal readonly struct SecretMemory
{
    private static readonly Slots[] BySize = [new(64), new(512), new(4096)];

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

    /// <summary>At least so many zero bytes.</summary>
    public static SecretMemory Rent(int length)
    {
        foreach (var slots in BySize)
        {
            if (length <= slots.Size)
                return slots.Rent();
        }
        return new SecretMemory(GC.AllocateArray<byte>(length, pinned: true), 0, length);
    }

    /// <summary>Takes zeroed memory back.</summary>
    public void Return()
    {
        foreach (var slots in BySize)
        {
            // An array of its own is longer than every slot.
            if (_length == slots.Size)
                slots.Return(this);
        }
    }

    private sealed class Slots(int size)
    {
        private const int SlabSize = 1 << 16;

        private readonly Lock _gate = new();
        private readonly Stack<SecretMemory> _free = [];

        public int Size => size;

        public SecretMemory Rent()
        {
            lock (_gate)
            {
                if (_free.Count == 0)
                    AddSlab();
                return _free.Pop();
            }
        }

        public void Return(SecretMemory slot)
        {
            lock (_gate)
                _free.Push(slot);
        }

        private void AddSlab()
        {
            var slab = GC.AllocateArray<byte>(SlabSize, pinned: true);
            for (var offset = 0; offset < SlabSize; offset += size)
                _free.Push(new SecretMemory(slab, offset, size));
        }
    }
}
