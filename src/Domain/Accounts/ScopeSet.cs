using System.Diagnostics.CodeAnalysis;
using Skytale.Protocol;
using Skytale.Protocol.Envelopes;

namespace Skytale.Accounts;

/// <summary>
/// What an API key or a token allows: whatever one of its scopes does. Its text is the scopes with a space between (RFC 6749 § 3.3),
/// as tokens and the database have it.
/// </summary>
public sealed class ScopeSet : IEquatable<ScopeSet>
{
    /// <summary>Most scopes of one set: a token carries them.</summary>
    public const int MaxScopes = 16;

    /// <summary>The rule in words, for the person whose scopes were refused.</summary>
    public const string Rule = "1 to 16 of verb:pattern, where the verb is create, send, receive, manage, register or *, and the pattern * or org/namespace/service with * for any part";

    private readonly Scope[] _scopes;
    private readonly string _text;

    private ScopeSet(Scope[] scopes)
    {
        _scopes = scopes;
        _text = string.Join(' ', scopes.Select(scope => scope.ToString()));
    }

    /// <summary>What a key allows that was made without scopes.</summary>
    public static ScopeSet Everything { get; } = new([Scope.Everything]);

    /// <summary>Each scope's text.</summary>
    public IReadOnlyList<string> Texts => [.. _scopes.Select(scope => scope.ToString())];

    /// <summary>Reads the scopes one by one; refuses an empty or long list and anything that is no scope.</summary>
    public static bool TryOf(IReadOnlyCollection<string?> texts, [NotNullWhen(true)] out ScopeSet? set)
    {
        set = null;
        if (texts.Count is 0 or > MaxScopes)
            return false;
        var scopes = new List<Scope>(texts.Count);
        foreach (var text in texts)
        {
            if (!Scope.TryParse(text, out var scope))
                return false;
            scopes.Add(scope);
        }
        set = new ScopeSet([.. scopes]);
        return true;
    }

    /// <summary>Reads a set's text.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ScopeSet? set) => TryOf((text ?? "").Split(' '), out set);

    /// <summary>Reads what a store of ours has written.</summary>
    /// <exception cref="FormatException">It is no set of scopes.</exception>
    public static ScopeSet Parse(string text) => TryParse(text, out var set) ? set : throw new FormatException("Not a set of scopes.");

    /// <summary>Whether the verb is allowed at all, in whichever channel.</summary>
    public bool Allows(Verb verb) => _scopes.Any(scope => scope.IsOf(verb));

    /// <summary>Whether the verb is allowed in this channel; null: whether any is.</summary>
    public bool Allows(Verb? verb, ChannelName name) => _scopes.Any(scope => (verb is null || scope.IsOf(verb.Value)) && scope.Pattern.Matches(name));

    /// <summary>Whether the verb is allowed at this SLIM name; null: whether any is.</summary>
    public bool Allows(Verb? verb, SlimName name) => _scopes.Any(scope => (verb is null || scope.IsOf(verb.Value)) && scope.Pattern.Matches(name));

    /// <summary>True when this allows whatever <paramref name="narrower"/> does, each of its scopes by one of this.</summary>
    public bool Covers(ScopeSet narrower) => narrower._scopes.All(asked => _scopes.Any(scope => scope.Covers(asked)));

    public bool Equals(ScopeSet? other) => other is not null && _text == other._text;

    public override bool Equals(object? obj) => Equals(obj as ScopeSet);

    public override int GetHashCode() => _text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => _text;
}
