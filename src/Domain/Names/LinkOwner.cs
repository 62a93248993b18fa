using Skytale.Accounts;
using Skytale.Protocol.Envelopes;

namespace Skytale.Names;

/// <summary>For whom a link is: the account whose mailboxes it fills and empties, and the names that are the account's to use.</summary>
public sealed class LinkOwner
{
    private readonly Dictionary<ulong, string>? _organizations;

    private LinkOwner(AccountId account, IReadOnlyList<string>? organizations)
    {
        (Account, Organizations) = (account, organizations);
        _organizations = organizations?.DistinctBy(SlimName.HashComponent).ToDictionary(SlimName.HashComponent);
    }

    /// <summary>Whoever uses a proxy in development mode: every name is theirs, and all are one account.</summary>
    public static LinkOwner Anyone { get; } = new(default, null);

    /// <summary>The default for <see cref="Anyone"/>.</summary>
    public AccountId Account { get; }

    /// <summary>The first components of the owner's names; null: any.</summary>
    public IReadOnlyList<string>? Organizations { get; }

    /// <summary>An account and its organisations.</summary>
    public static LinkOwner Of(AccountId account, IEnumerable<OrgName> organizations) => new(account, [.. organizations.Select(org => org.ToString())]);

    /// <summary>Whether the owner may subscribe the name and publish from it. Where the text is there it must be what the hashes are of.</summary>
    public bool MayUse(SlimName name) =>
        _organizations is null || (OrganizationOf(name) is { } own && (name.Text is null || (name.Text.Component0 == own && name.IsOfItsText)));

    /// <summary>The text of the name's first component; null where it is not the owner's, or any may be.</summary>
    internal string? OrganizationOf(SlimName name) => _organizations?.GetValueOrDefault(name.Component0);
}
