using Skytale.MlsVectors.Formats;

namespace Skytale.Mls.Tests.Vectors;

public sealed class TreeValidationVectors
{
    [Fact]
    public void Hashes_and_resolutions_match_and_the_trees_are_valid() => VectorFile.Open("tree-validation").ForEachSuite(TreeValidationFormat.Tree);
}
