namespace Skytale.Mls.Tests.Forgetting;

/// <summary>The platform's random source, with a copy of everything that was drawn.</summary>
internal sealed class RecordingRandom
{
    public List<byte[]> Draws { get; } = [];

    public void Fill(Span<byte> destination)
    {
        TestRandom.Fill(destination);
        Draws.Add(destination.ToArray());
    }
}
