using Skytale.MlsVectors.Formats;

namespace Skytale.Mls.Tests.Vectors;

public sealed class SecretTreeVectors
{
    [Fact]
    public void Keys_of_every_leaf_match_the_vectors_whoever_derives_them() => VectorFile.Open("secret-tree").ForEachSuite(SecretTreeFormat.Ratchets);

    [Fact]
    public void Sender_data_key_and_nonce_match_the_vectors() => VectorFile.Open("secret-tree").ForEachSuite(SecretTreeFormat.SenderDataKeys);
}
