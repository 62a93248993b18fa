using System.Diagnostics.CodeAnalysis;

namespace Skytale.Accounts;

/// <summary>The id of one run of a server: <c>node_</c> and 16 random bytes in lower-case Crockford base32.</summary>
public readonly record struct NodeId
{
    /// <summary>Random bytes that an id is made of.</summary>
    public const int Size = 16;

    private const string Prefix = "node_";
    private readonly string? _text;

    private NodeId(string text) => _text = text;

    /// <summary>The text form, or the empty string for <c>default</c>.</summary>
    public override string ToString() => _text ?? "";

    /// <summary>The text without what every id begins with.</summary>
    public string Tail => ToString()[Prefix.Length..];

    /// <summary>The id that these bytes spell.</summary>
    /// <param name="random">16 random bytes.</param>
    public static NodeId FromRandom(ReadOnlySpan<byte> random) => random.Length == Size
        ? new NodeId(Prefix + Crockford32.Encode(random))
        : throw new ArgumentException($"A node's id is made of {Size} bytes.", nameof(random));

    /// <summary>Reads the one spelling of an id; refuses every other string.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out NodeId id)
    {
        var valid = text is not null && text.StartsWith(Prefix, StringComparison.Ordinal) && Crockford32.IsCanonical(text.AsSpan(Prefix.Length), Size);
        id = valid ? new NodeId(text!) : default;
        return valid;
    }

    /// <summary>Reads an id that a store of ours has written.</summary>
    /// <exception cref="FormatException">It is no node's id.</exception>
    public static NodeId Parse(string text) => TryParse(text, out var id) ? id : throw new FormatException("Not a node's id.");
}
