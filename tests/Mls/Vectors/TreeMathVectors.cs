using Skytale.MlsVectors.Formats;

namespace Skytale.Mls.Tests.Vectors;

public sealed class TreeMathVectors
{
    [Fact]
    public void Relations_between_nodes_match_the_vectors() => VectorFile.Open("tree-math").ForEach(TreeMathFormat.Relations);
}
