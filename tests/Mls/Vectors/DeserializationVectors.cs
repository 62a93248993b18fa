using Skytale.MlsVectors.Formats;

namespace Skytale.Mls.Tests.Vectors;

public sealed class DeserializationVectors
{
    [Fact]
    public void Vector_lengths_are_read_and_written_as_the_vectors_have_them() => VectorFile.Open("deserialization").ForEach(Deserialization.Lengths);
}
