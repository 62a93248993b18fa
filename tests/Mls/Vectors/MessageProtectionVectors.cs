using Skytale.MlsVectors.Formats;

namespace Skytale.Mls.Tests.Vectors;

public sealed class MessageProtectionVectors
{
    [Fact]
    public void Messages_of_the_vectors_open() => VectorFile.Open("message-protection").ForEachSuite(MessageProtection.Opening);

    [Fact]
    public void What_is_protected_here_opens_again() => VectorFile.Open("message-protection").ForEachSuite(MessageProtection.Protecting);
}
