using Skytale.Protocol;

namespace Skytale.Sdk;

/// <summary>What the SDK could not do: the message says what is wrong, <see cref="Hint"/> what to do about it.</summary>
public sealed class SkytaleException(SkytaleError error, string message, string hint, ErrorCode? refusal = null, Exception? inner = null)
    : Exception(hint.Length > 0 ? $"{message} {hint}" : message, inner)
{
    /// <summary>Which kind of failure.</summary>
    public SkytaleError Error { get; } = error;

    /// <summary>One sentence: what to do.</summary>
    public string Hint { get; } = hint;

    /// <summary>The service's code when it refused.</summary>
    public ErrorCode? Refusal { get; } = refusal;
}
