using Skytale.MlsVectors.Formats;

namespace Skytale.Mls.Tests.Vectors;

public sealed class CryptoBasicsVectors
{
    [Fact]
    public void Labelled_functions_give_what_the_vectors_say() => VectorFile.Open("crypto-basics").ForEachSuite(CryptoBasics.LabelledFunctions);

    [Fact]
    public void Signatures_verify_and_can_be_made() => VectorFile.Open("crypto-basics").ForEachSuite(CryptoBasics.Signatures);

    [Fact]
    public void Ciphertexts_open_and_can_be_made() => VectorFile.Open("crypto-basics").ForEachSuite(CryptoBasics.Encryption);
}
