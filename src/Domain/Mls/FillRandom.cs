namespace Skytale.Mls;

/// <summary>Fills the span with bytes from a cryptographically secure source (<c>RandomNumberGenerator.Fill</c>, in production).</summary>
public delegate void FillRandom(Span<byte> destination);
