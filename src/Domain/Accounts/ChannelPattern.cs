using System.Diagnostics.CodeAnalysis;
using Skytale.Protocol;
using Skytale.Protocol.Envelopes;

namespace Skytale.Accounts;

// pattern = "*" / part "/" part "/" part
// part    = "*" / (ALPHA / DIGIT) *63(ALPHA / DIGIT / "." / "_" / "-")

/// <summary>
/// Which channels and SLIM names, by organisation, namespace and service: <c>*</c> in a part's place stands for every part there, and
/// alone for every name. A SLIM name's id below its three components is not looked at.
/// </summary>
public sealed class ChannelPattern
{
    private const string Wildcard = "*";
    private const int PartCount = 3;
    private const int MaxPartLength = 64;

    private readonly string _text;
    private readonly string[] _parts;
    private readonly ulong[] _hashes;

    private ChannelPattern(string text, string[] parts)
    {
        (_text, _parts) = (text, parts);
        _hashes = [.. parts.Select(SlimName.HashComponent)];
        IsEverything = parts.All(part => part == Wildcard);
    }

    /// <summary>Every name.</summary>
    public static ChannelPattern Everything { get; } = new(Wildcard, [Wildcard, Wildcard, Wildcard]);

    /// <summary>True when every name matches.</summary>
    public bool IsEverything { get; }

    /// <summary>Reads a pattern; refuses anything that is not exactly in its form.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out ChannelPattern? pattern)
    {
        pattern = null;
        if (text is Wildcard)
        {
            pattern = Everything;
            return true;
        }
        if (text.Length > PartCount * (MaxPartLength + 1))
            return false;
        var parts = text.ToString().Split('/');
        if (parts.Length != PartCount || !parts.All(IsPart))
            return false;
        pattern = new ChannelPattern(text.ToString(), parts);
        return true;
    }

    public bool Matches(ChannelName name)
    {
        if (IsEverything)
            return true;
        var parts = name.ToString().Split('/');
        return parts.Length == PartCount && Enumerable.Range(0, PartCount).All(i => _parts[i] == Wildcard || _parts[i] == parts[i]);
    }

    /// <summary>As names are routed, by the hashes; where the text is there it must say the same, for a hash is short.</summary>
    public bool Matches(SlimName name) => IsEverything
        || (MatchesPart(0, name.Component0, name.Text?.Component0) && MatchesPart(1, name.Component1, name.Text?.Component1) && MatchesPart(2, name.Component2, name.Text?.Component2));

    /// <summary>True when every name that matches <paramref name="narrower"/> matches this.</summary>
    public bool Covers(ChannelPattern narrower) => Enumerable.Range(0, PartCount).All(i => _parts[i] == Wildcard || _parts[i] == narrower._parts[i]);

    public override string ToString() => _text;

    private bool MatchesPart(int i, ulong hash, string? text) => _parts[i] == Wildcard || (_hashes[i] == hash && (text is null || text == _parts[i]));

    private static bool IsPart(string text) => text == Wildcard
        || (text.Length is > 0 and <= MaxPartLength && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-'));
}
