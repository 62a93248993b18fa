namespace Skytale.Mls.Codec;

/// <summary>A structure of RFC 9420 that knows its bytes: encode and decode stand side by side in one file.</summary>
public interface IWireStruct<TSelf> where TSelf : IWireStruct<TSelf>
{
    /// <summary>Appends the structure.</summary>
    void WriteTo(TlsWriter writer);

    /// <summary>Reads one structure and leaves the reader behind it.</summary>
    /// <exception cref="MlsException">The bytes are not this structure.</exception>
    static abstract TSelf ReadFrom(ref TlsReader reader);
}
