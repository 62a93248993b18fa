using System.Diagnostics.CodeAnalysis;

namespace Skytale.Accounts;

/// <summary>The public half of an API key, which finds its row: 16 random bytes in lower-case Crockford base32.</summary>
public readonly record struct KeyId
{
    /// <summary>Random bytes that an id is made of.</summary>
    public const int Size = 16;

    private readonly string? _text;

    private KeyId(string text) => _text = text;

    /// <summary>The text form, or the empty string for <c>default</c>.</summary>
    public override string ToString() => _text ?? "";

    /// <summary>The id that these bytes spell.</summary>
    /// <param name="random">16 random bytes.</param>
    public static KeyId FromRandom(ReadOnlySpan<byte> random) => random.Length == Size
        ? new KeyId(Crockford32.Encode(random))
        : throw new ArgumentException($"A key id is made of {Size} bytes.", nameof(random));

    /// <summary>Reads the one spelling of an id; refuses every other string.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out KeyId id)
    {
        var valid = text is not null && Crockford32.IsCanonical(text, Size);
        id = valid ? new KeyId(text!) : default;
        return valid;
    }

    /// <summary>Reads an id that a store of ours has written.</summary>
    /// <exception cref="FormatException">It is no key id.</exception>
    public static KeyId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException("Not a key id.");
}
