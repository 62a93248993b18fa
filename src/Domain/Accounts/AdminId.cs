using System.Diagnostics.CodeAnalysis;

namespace Skytale.Accounts;

/// <summary>An administrator's id: <c>adm_</c> and 16 random bytes in lower-case Crockford base32.</summary>
public readonly record struct AdminId
{
    /// <summary>Random bytes that an id is made of.</summary>
    public const int Size = 16;

    private const string Prefix = "adm_";
    private readonly string? _text;

    private AdminId(string text) => _text = text;

    /// <summary>The text form, or the empty string for <c>default</c>.</summary>
    public override string ToString() => _text ?? "";

    /// <summary>The text without what every id begins with.</summary>
    internal string Tail => ToString()[Prefix.Length..];

    /// <summary>The id that these bytes spell.</summary>
    /// <param name="random">16 random bytes.</param>
    public static AdminId FromRandom(ReadOnlySpan<byte> random) => random.Length == Size
        ? new AdminId(Prefix + Crockford32.Encode(random))
        : throw new ArgumentException($"An administrator's id is made of {Size} bytes.", nameof(random));

    /// <summary>Reads the one spelling of an id; refuses every other string.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out AdminId id)
    {
        var valid = text is not null && text.StartsWith(Prefix, StringComparison.Ordinal) && Crockford32.IsCanonical(text.AsSpan(Prefix.Length), Size);
        id = valid ? new AdminId(text!) : default;
        return valid;
    }

    /// <summary>Reads an id that a store of ours has written.</summary>
    /// <exception cref="FormatException">It is no administrator's id.</exception>
    public static AdminId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException("Not an administrator's id.");

    internal static AdminId OfTail(string tail) => Parse(Prefix + tail);
}
