using Skytale.Accounts;
using Skytale.Protocol.Envelopes;

namespace Skytale.Names;

/// <summary>For whom a link is: the account whose mailboxes it fills and empties, and the names that are the account's to use.</summary>
public sealed class LinkOwner
{
    private readonly Dictionary<ulong, string>? _organizations;
    private readonly ScopeSet _scopes;

    private LinkOwner(AccountId account, IReadOnlyList<string>? organizations, ScopeSet scopes)
    {
        (Account, Organizations, _scopes) = (account, organizations, scopes);
        _organizations = organizations?.DistinctBy(SlimName.HashComponent).ToDictionary(SlimName.HashComponent);
    }

    /// <summary>Whoever uses a proxy in development mode: every name is theirs, and all are one account.</summary>
    public static LinkOwner Anyone { get; } = new(default, null, ScopeSet.Everything);

    /// <summary>The default for <see cref="Anyone"/>.</summary>
    public AccountId Account { get; }

    /// <summary>The first components of the owner's names; null: any.</summary>
    public IReadOnlyList<string>? Organizations { get; }

    /// <summary>An account with its organisations, by a token that allows this.</summary>
    public static LinkOwner Of(AccountId account, IEnumerable<OrgName> organizations, ScopeSet scopes) => new(account, [.. organizations.Select(org => org.ToString())], scopes);

    /// <summary>Whether the name is the owner's, to subscribe it and to publish from it. Where the text is there it must be what the hashes are of.</summary>
    public bool Owns(SlimName name) =>
        _organizations is null || (OrganizationOf(name) is { } own && (name.Text is null || (name.Text.Component0 == own && name.IsOfItsText)));

    /// <summary>Whether the token allows to subscribe the name.</summary>
    public bool MayReceive(SlimName name) => _scopes.Allows(Verb.Receive, name);

    /// <summary>Whether the token allows to write to the destination, as the source: one of the names that it is about.</summary>
    public bool MaySend(SlimName source, SlimName destination) => _scopes.Allows(Verb.Send, destination) && _scopes.Allows(null, source);

    /// <summary>The text of the name's first component; null where it is not the owner's, or any may be.</summary>
    internal string? OrganizationOf(SlimName name) => _organizations?.GetValueOrDefault(name.Component0);
}
