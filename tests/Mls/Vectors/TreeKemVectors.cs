using Skytale.MlsVectors.Formats;

namespace Skytale.Mls.Tests.Vectors;

public sealed class TreeKemVectors
{
    [Fact]
    public void Update_paths_are_merged_and_decrypted_by_every_member_and_can_be_made() => VectorFile.Open("treekem").ForEachSuite(TreeKemFormat.UpdatePaths);
}
