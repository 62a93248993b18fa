using Skytale.Accounts;
using Skytale.Protocol.Envelopes;

namespace Skytale.Names;

/// <summary>For whom a link is: the account whose mailboxes it fills and empties, and the names that are the account's to use.</summary>
public sealed class LinkOwner
{
    private readonly HashSet<ulong>? _hashes;
    private readonly HashSet<string>? _texts;

    private LinkOwner(AccountId account, IReadOnlyList<string>? organizations)
    {
        (Account, Organizations) = (account, organizations);
        _texts = organizations?.ToHashSet(StringComparer.Ordinal);
        _hashes = organizations?.Select(SlimName.HashComponent).ToHashSet();
    }

    /// <summary>Whoever uses a proxy in development mode: every name is theirs, and all are one account.</summary>
    public static LinkOwner Anyone { get; } = new(default, null);

    /// <summary>The default for <see cref="Anyone"/>.</summary>
    public AccountId Account { get; }

    /// <summary>The first components of the owner's names; null: any.</summary>
    public IReadOnlyList<string>? Organizations { get; }

    /// <summary>An account and its organisations.</summary>
    public static LinkOwner Of(AccountId account, IEnumerable<OrgName> organizations) => new(account, [.. organizations.Select(org => org.ToString())]);

    /// <summary>Whether the owner may subscribe the name and publish from it. Where the text is there it must say the same as the hash, which is short.</summary>
    public bool MayUse(SlimName name) =>
        _hashes is null || (_hashes.Contains(name.Component0) && (name.Text is null || _texts!.Contains(name.Text.Component0)));
}
