using System.Diagnostics;
using System.Security.Cryptography;

namespace Skytale.Mls.Crypto;

/// <summary>
/// Secret bytes: pinned, so that the collector leaves no copies, and zeroed on dispose (or on finalisation, where
/// somebody forgot). Equality takes the same time whatever differs; text shows the length alone.
/// </summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Secret : IDisposable
{
    private readonly SecretMemory _memory;
    private bool _disposed;

    private Secret(int length)
    {
        _memory = SecretMemory.Rent(length);
        Length = length;
    }

    ~Secret() => Release();

    /// <summary>How many bytes.</summary>
    public int Length { get; }

    /// <summary>The bytes.</summary>
    /// <exception cref="ObjectDisposedException">The secret was zeroed already.</exception>
    public ReadOnlySpan<byte> Span
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _memory.Span[..Length];
        }
    }

    /// <summary>A secret of zeros, to be filled, or standing for RFC 9420's zero vector.</summary>
    public static Secret Zero(int length) => new(length);

    /// <summary>A secret with a copy of the bytes; the caller zeroes its own.</summary>
    public static Secret Copy(ReadOnlySpan<byte> bytes)
    {
        var secret = new Secret(bytes.Length);
        bytes.CopyTo(secret.Writable);
        return secret;
    }

    /// <summary>Another secret with the same bytes.</summary>
    internal Secret Duplicate()
    {
        var copy = Copy(Span);
        GC.KeepAlive(this);
        return copy;
    }

    /// <summary>A secret of random bytes.</summary>
    public static Secret Random(int length, FillRandom random)
    {
        var secret = new Secret(length);
        random(secret.Writable);
        return secret;
    }

    /// <summary>Equal content, compared in constant time; lengths are compared first.</summary>
    public bool FixedTimeEquals(Secret other) => ConstantTime.Equal(Span, other.Span);

    /// <summary>Says how long the secret is and nothing else.</summary>
    public override string ToString() => $"Secret({Length} bytes)";

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>The bytes, for the code that computes them.</summary>
    public Span<byte> Writable
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _memory.Span[..Length];
        }
    }

    /// <summary>The bytes, for a reader that wants memory. What is read refers to them and dies with this secret.</summary>
    public ReadOnlyMemory<byte> Memory
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _memory.Memory[..Length];
        }
    }

    private void Release()
    {
        // Once, whoever comes first: memory that is given back twice would belong to two secrets.
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        CryptographicOperations.ZeroMemory(_memory.Span[..Length]);
        _memory.Return();
    }
}
