namespace Skytale.Fuzz.Mls.Groups;

/// <summary>Bytes that are the same in every run, so that an input that was printed means the same again. Nothing is secret here.</summary>
internal sealed class SeededRandom(int seed)
{
    private readonly Random _random = new(seed);

    public void Fill(Span<byte> destination) => _random.NextBytes(destination);
}
