using Skytale.Mls.Crypto;
using Skytale.MlsVectors.Formats;

namespace Skytale.Mls.Tests.Vectors;

public sealed class TreeKemVectors
{
    [Fact]
    [Trait("Category", "Slow")]
    public void Update_paths_are_merged_and_decrypted_by_every_member_and_can_be_made() => VectorFile.Open("treekem").ForEachSuite(TreeKemFormat.UpdatePaths);

    [Fact]
    public void Update_paths_of_the_fast_suites_are_merged_and_decrypted_by_every_member_and_can_be_made() =>
        VectorFile.Open("treekem")
            .OfSuites(
                CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519,
                CipherSuiteId.MLS_128_DHKEMP256_AES128GCM_SHA256_P256,
                CipherSuiteId.MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519)
            .ForEachSuite(TreeKemFormat.UpdatePaths);
}
