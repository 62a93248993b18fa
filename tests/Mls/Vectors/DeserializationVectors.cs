using Skytale.Mls.Codec;

namespace Skytale.Mls.Tests.Vectors;

public sealed class DeserializationVectors
{
    [Fact]
    public void Vector_lengths_are_read_and_written_as_the_vectors_have_them() => VectorFile.Open("deserialization").ForEach(testCase =>
    {
        var header = testCase.Bytes("vlbytes_header");
        var length = testCase.Number("length");
        var reader = new TlsReader(header.Memory);
        reader.ReadLength().ShouldBe(length);
        reader.Remaining.ShouldBe(0);
        using var writer = new TlsWriter();
        writer.WriteLength(length);
        writer.ToOpaque().ShouldBe(header);
    });
}
