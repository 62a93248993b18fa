namespace Skytale.Mls.Codec;

/// <summary>Whole structures to bytes and back, in the TLS presentation language as RFC 9420 §2.1 extends it.</summary>
public static class Tls
{
    /// <summary>The bytes of a structure.</summary>
    public static Opaque Encode<T>(T value) where T : IWireStruct<T>
    {
        using var writer = new TlsWriter();
        writer.Write(value);
        return writer.ToOpaque();
    }

    /// <summary>Reads a structure that fills the span exactly. The bytes are copied once; the result keeps no reference to the span.</summary>
    /// <exception cref="MlsException">The bytes are not exactly one such structure.</exception>
    public static T Decode<T>(ReadOnlySpan<byte> bytes) where T : IWireStruct<T> => Decode<T>(Opaque.Copy(bytes));

    /// <summary>Reads a structure that fills the bytes exactly; the result refers to them.</summary>
    /// <exception cref="MlsException">The bytes are not exactly one such structure.</exception>
    public static T Decode<T>(Opaque bytes) where T : IWireStruct<T>
    {
        var reader = new TlsReader(bytes.Memory);
        var value = T.ReadFrom(ref reader);
        reader.ExpectEnd();
        return value;
    }
}
