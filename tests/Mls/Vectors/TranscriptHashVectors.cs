using Skytale.MlsVectors.Formats;

namespace Skytale.Mls.Tests.Vectors;

public sealed class TranscriptHashVectors
{
    [Fact]
    public void Both_hashes_and_the_confirmation_tag_match_the_vectors() => VectorFile.Open("transcript-hashes").ForEachSuite(TranscriptHashesFormat.HashesAndTag);
}
