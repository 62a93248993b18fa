using System.Diagnostics.CodeAnalysis;

namespace Skytale.Accounts;

// scope = verb ":" pattern
// verb  = "*" / "create" / "send" / "receive" / "manage" / "register"

/// <summary>One thing that an API key or a token allows: a verb in the channels of a pattern.</summary>
/// <param name="Verb">Null: every verb.</param>
public sealed record Scope(Verb? Verb, ChannelPattern Pattern)
{
    private const string EveryVerb = "*";

    private static readonly Dictionary<string, Verb?> s_verbs =
        Enum.GetValues<Verb>().ToDictionary(verb => verb.ToString().ToLowerInvariant(), verb => (Verb?)verb, StringComparer.Ordinal);

    /// <summary>Everything that there is.</summary>
    public static Scope Everything { get; } = new(null, ChannelPattern.Everything);

    /// <summary>Reads a scope; refuses anything that is not exactly in its form.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Scope? scope)
    {
        scope = null;
        var colon = text?.IndexOf(':', StringComparison.Ordinal) ?? -1;
        if (colon < 0 || !TryReadVerb(text![..colon], out var verb) || !ChannelPattern.TryParse(text.AsSpan(colon + 1), out var pattern))
            return false;
        if (verb == Accounts.Verb.Register && !pattern.IsEverything)
            return false; // Who reads "register:org/a/b" would take it for a narrow one.
        scope = new Scope(verb, pattern);
        return true;
    }

    public bool IsOf(Verb verb) => Verb is null || Verb == verb;

    /// <summary>True when this allows whatever <paramref name="narrower"/> does.</summary>
    public bool Covers(Scope narrower) => (Verb is null || Verb == narrower.Verb) && Pattern.Covers(narrower.Pattern);

    public override string ToString() => $"{Verb?.ToString().ToLowerInvariant() ?? EveryVerb}:{Pattern}";

    private static bool TryReadVerb(string text, out Verb? verb)
    {
        verb = null;
        return text == EveryVerb || s_verbs.TryGetValue(text, out verb);
    }
}
