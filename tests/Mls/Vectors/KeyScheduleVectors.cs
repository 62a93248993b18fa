using Skytale.MlsVectors.Formats;

namespace Skytale.Mls.Tests.Vectors;

public sealed class KeyScheduleVectors
{
    [Fact]
    public void Every_secret_of_five_epochs_matches_the_vectors() => VectorFile.Open("key-schedule").ForEachSuite(KeyScheduleFormat.Epochs);

    [Fact]
    public void Chained_psks_match_the_vectors() => VectorFile.Open("psk_secret").ForEachSuite(PskSecretFormat.Chain);
}
