using Skytale.MlsVectors.Formats;

namespace Skytale.Mls.Tests.Vectors;

public sealed class TreeOperationsVectors
{
    [Fact]
    public void Adds_updates_and_removes_lead_to_the_trees_of_the_vectors() => VectorFile.Open("tree-operations").ForEachSuite(TreeOperations.Apply);
}
