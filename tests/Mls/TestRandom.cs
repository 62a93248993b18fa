using System.Security.Cryptography;

namespace Skytale.Mls.Tests;

/// <summary>The platform's random source, as an application would pass it.</summary>
internal static class TestRandom
{
    public static void Fill(Span<byte> destination) => RandomNumberGenerator.Fill(destination);
}
