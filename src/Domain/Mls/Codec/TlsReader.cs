using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace Skytale.Mls.Codec;

/// <summary>
/// Reads the presentation language of RFC 9420 §2.1 from memory. Nothing is allocated for a length before the bytes
/// are there, so a hostile length costs nothing. What is read refers to the memory, without a copy.
/// </summary>
public ref struct TlsReader(ReadOnlyMemory<byte> bytes)
{
    private readonly ReadOnlyMemory<byte> _bytes = bytes;
    private int _position;

    /// <summary>Bytes not read yet.</summary>
    public readonly int Remaining => _bytes.Length - _position;

    /// <summary>Where the next read starts.</summary>
    public readonly int Position => _position;

    /// <summary>What was read since an earlier <see cref="Position"/>: the exact bytes of a structure, for hashes and signatures.</summary>
    public readonly Opaque ReadSince(int start) => new(_bytes[start.._position]);

    /// <summary>Throws when bytes are left.</summary>
    public readonly void ExpectEnd()
    {
        if (Remaining != 0)
            throw new MlsException(MlsError.TrailingBytes, $"{Remaining} bytes left");
    }

    public byte ReadUInt8() => Take(1).Span[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2).Span);

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4).Span);

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64BigEndian(Take(8).Span);

    /// <summary>A fixed-size opaque field.</summary>
    public Opaque ReadFixed(int length) => new(Take(length));

    /// <summary><c>opaque field&lt;V&gt;</c>.</summary>
    public Opaque ReadOpaque() => new(Take(ReadLength()));

    /// <summary><c>optional&lt;T&gt;</c>: §2.1.1.</summary>
    public bool ReadPresence() => ReadUInt8() switch
    {
        0 => false,
        1 => true,
        var other => throw new MlsException(MlsError.InvalidPresence, $"{other}"),
    };

    /// <summary><c>T field&lt;V&gt;</c>: the elements that fill the vector exactly.</summary>
    public ImmutableArray<T> ReadVector<T>() where T : IWireStruct<T>
    {
        // Without elements nothing is allocated: a vector of empty vectors would cost many times its bytes.
        var inner = ReadVectorReader();
        if (inner.Remaining == 0)
            return [];
        var elements = ImmutableArray.CreateBuilder<T>();
        while (inner.Remaining > 0)
            elements.Add(T.ReadFrom(ref inner));
        return elements.DrainToImmutable();
    }

    /// <summary><c>uint16 field&lt;V&gt;</c> of an enum of 16 bits, as capabilities list their types.</summary>
    public ImmutableArray<T> ReadUInt16Vector<T>() where T : unmanaged, Enum
    {
        var inner = ReadVectorReader();
        if (inner.Remaining % 2 != 0)
            throw new MlsException(MlsError.Truncated, "half a uint16");
        var values = inner.Remaining == 0 ? [] : new T[inner.Remaining / 2];
        foreach (ref var value in MemoryMarshal.Cast<T, ushort>(values.AsSpan()))
            value = inner.ReadUInt16();
        return ImmutableCollectionsMarshal.AsImmutableArray(values);
    }

    /// <summary>A reader over a vector's content; this reader goes on behind it.</summary>
    public TlsReader ReadVectorReader() => new(Take(ReadLength()));

    /// <summary>
    /// §2.1.2: the two top bits of the first byte give the size of the length (1, 2 or 4 bytes), which must be the
    /// smallest that holds it; 0b11 is invalid.
    /// </summary>
    public int ReadLength()
    {
        var first = ReadUInt8();
        switch (first >> 6)
        {
            case 0:
                return first;
            case 1:
                var two = ((first & 0x3f) << 8) | ReadUInt8();
                return two > 0x3f ? two : throw NotShortest(two);
            case 2:
                var four = ((first & 0x3f) << 24) | (ReadUInt8() << 16) | ReadUInt16();
                return four > 0x3fff ? four : throw NotShortest(four);
            default:
                throw new MlsException(MlsError.InvalidLengthPrefix, "prefix 0b11");
        }
    }

    private static MlsException NotShortest(int length) => new(MlsError.InvalidLengthPrefix, $"length {length} is not in its shortest form");

    private ReadOnlyMemory<byte> Take(int length)
    {
        if (length > Remaining)
            throw new MlsException(MlsError.Truncated, $"{length} bytes wanted, {Remaining} left");
        var taken = _bytes.Slice(_position, length);
        _position += length;
        return taken;
    }
}
