using System.Security.Cryptography;

namespace Skytale.MlsVectors;

/// <summary>The platform's random source, for what the checks make themselves.</summary>
internal static class Randomness
{
    public static void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
}
