using System.Text.Json;
using Skytale.Mls.Codec;

namespace Skytale.MlsVectors.Formats;

// { "vlbytes_header": hex, "length": uint32 }

/// <summary>deserialization: the length of a vector (§2.1.2), both ways.</summary>
public static class Deserialization
{
    public static void Lengths(JsonElement testCase)
    {
        var header = testCase.Bytes("vlbytes_header");
        var length = testCase.Count("length");
        var reader = new TlsReader(header.Memory);
        Agree.On(reader.ReadLength(), length, "length");
        reader.ExpectEnd();
        using var writer = new TlsWriter();
        writer.WriteLength(length);
        Agree.On(writer.ToOpaque(), header, "vlbytes_header");
    }
}
