using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.MlsVectors;

/// <summary>What a case says must be what is computed.</summary>
internal static class Agree
{
    public static void That(bool condition, string what)
    {
        if (!condition)
            throw new VectorException(what);
    }

    public static void On<T>(T computed, T expected, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(computed, expected))
            throw new VectorException($"{what}: computed {Short(computed)}, the case says {Short(expected)}");
    }

    public static void On(Secret computed, Opaque expected, string what)
    {
        On(Opaque.Copy(computed.Span), expected, what);
        GC.KeepAlive(computed);
    }

    public static void On(IReadOnlyList<uint> computed, IReadOnlyList<uint> expected, string what)
    {
        if (!computed.SequenceEqual(expected))
            throw new VectorException($"{what}: computed [{string.Join(' ', computed)}], the case says [{string.Join(' ', expected)}]");
    }

    private static string Short<T>(T value)
    {
        const int Longest = 64;
        var text = value?.ToString() ?? "none";
        return text.Length <= Longest ? text : $"{text[..Longest]}… ({text.Length} characters)";
    }
}
