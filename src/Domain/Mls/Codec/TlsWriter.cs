using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Skytale.Mls.Codec;

/// <summary>
/// Writes the presentation language of RFC 9420 §2.1 into a pooled buffer, which is zeroed when it is given back:
/// structures with secrets are written through it too.
/// </summary>
/// <param name="expected">About how many bytes will be written; more is no error.</param>
public sealed class TlsWriter(int expected = 256) : IDisposable
{
    /// <summary>The largest length that §2.1.2's prefix can say: 2^30 - 1.</summary>
    public const int MaxVectorLength = 0x3fffffff;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(expected);

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>What was written; valid until the next write or disposal.</summary>
    public ReadOnlySpan<byte> WrittenSpan => _buffer.AsSpan(0, Length);

    /// <summary>A copy of what was written.</summary>
    public Opaque ToOpaque() => Opaque.Copy(WrittenSpan);

    public void WriteUInt8(byte value) => Reserve(1)[0] = value;

    public void WriteUInt16(ushort value) => BinaryPrimitives.WriteUInt16BigEndian(Reserve(2), value);

    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(4), value);

    public void WriteUInt64(ulong value) => BinaryPrimitives.WriteUInt64BigEndian(Reserve(8), value);

    /// <summary>Bytes without a length.</summary>
    public void WriteFixed(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Reserve(bytes.Length));

    /// <summary>Zero bytes without a length: padding.</summary>
    public void WriteZeros(int count) => Reserve(count).Clear();

    /// <summary><c>opaque field&lt;V&gt;</c>.</summary>
    public void WriteOpaque(ReadOnlySpan<byte> bytes)
    {
        WriteLength(bytes.Length);
        WriteFixed(bytes);
    }

    /// <summary><c>opaque field&lt;V&gt;</c>.</summary>
    public void WriteOpaque(Opaque bytes) => WriteOpaque(bytes.Span);

    /// <summary>The presence octet of <c>optional&lt;T&gt;</c>: §2.1.1.</summary>
    public void WritePresence(bool present) => WriteUInt8(present ? (byte)1 : (byte)0);

    /// <summary>A structure without a length.</summary>
    public void Write<T>(T value) where T : IWireStruct<T> => value.WriteTo(this);

    /// <summary><c>T field&lt;V&gt;</c>.</summary>
    public void WriteVector<T>(ImmutableArray<T> elements) where T : IWireStruct<T>
    {
        var start = BeginVector();
        foreach (var element in elements)
            element.WriteTo(this);
        EndVector(start);
    }

    /// <summary><c>uint16 field&lt;V&gt;</c> of an enum of 16 bits, as capabilities list their types.</summary>
    public void WriteUInt16Vector<T>(ReadOnlySpan<T> values) where T : unmanaged, Enum
    {
        WriteLength(values.Length * 2);
        foreach (var value in MemoryMarshal.Cast<T, ushort>(values))
            WriteUInt16(value);
    }

    /// <summary>Starts a vector whose length is not known yet; pass the result to <see cref="EndVector"/>.</summary>
    public int BeginVector() => Length;

    /// <summary>Ends a vector: moves its content up by the size of its length and writes that.</summary>
    public void EndVector(int start)
    {
        var length = Length - start;
        var prefix = LengthSize(length);
        Reserve(prefix);
        _buffer.AsSpan(start, length).CopyTo(_buffer.AsSpan(start + prefix));
        PutLength(_buffer.AsSpan(start, prefix), length);
    }

    /// <summary>Forgets and zeroes what was written, and keeps the buffer.</summary>
    public void Clear()
    {
        Zero(_buffer, Length);
        Length = 0;
    }

    public void Dispose()
    {
        var buffer = _buffer;
        _buffer = [];
        Zero(buffer, Length);
        Length = 0;
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>§2.1.2, in its shortest form.</summary>
    public void WriteLength(int length) => PutLength(Reserve(LengthSize(length)), length);

    /// <summary>§2.1.2: how many bytes say a length.</summary>
    internal static int LengthSize(int length) => length switch
    {
        <= 0x3f => 1,
        <= 0x3fff => 2,
        <= MaxVectorLength => 4,
        _ => throw new MlsException(MlsError.TooLarge, $"a vector of {length} bytes"),
    };

    /// <summary>§2.1.2: a length into as many bytes as it needs.</summary>
    internal static void PutLength(Span<byte> prefix, int length)
    {
        switch (prefix.Length)
        {
            case 1:
                prefix[0] = (byte)length;
                break;
            case 2:
                BinaryPrimitives.WriteUInt16BigEndian(prefix, (ushort)(0x4000 | length));
                break;
            default:
                BinaryPrimitives.WriteUInt32BigEndian(prefix, 0x80000000u | (uint)length);
                break;
        }
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - Length < count)
            Grow(count);
        var span = _buffer.AsSpan(Length, count);
        Length += count;
        return span;
    }

    private void Grow(int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_buffer.Length * 2, Length + count));
        _buffer.AsSpan(0, Length).CopyTo(larger);
        Zero(_buffer, Length);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private static void Zero(byte[] buffer, int length) => CryptographicOperations.ZeroMemory(buffer.AsSpan(0, length));
}
