using Skytale.MlsVectors.Formats;

namespace Skytale.Mls.Tests.Vectors;

public sealed class PassiveClientVectors
{
    [Fact]
    public void A_client_joins_from_every_welcome() => VectorFile.Open("passive-client-welcome").ForEachSuite(PassiveClient.Follow);

    [Fact]
    public void A_client_follows_every_commit() => VectorFile.Open("passive-client-handling-commit").ForEachSuite(PassiveClient.Follow);
}
