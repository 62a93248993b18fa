using Skytale.Accounts;
using Skytale.Protocol.Envelopes;

namespace Skytale.Names;

/// <summary>Which mailbox: a name that one application of an account has subscribed.</summary>
internal readonly record struct MailboxKey(AccountId Account, Address Subscriber, Address Name);

/// <summary>An envelope that waits.</summary>
/// <param name="Number">Its place in the order of everything that was ever put down.</param>
/// <param name="Size">The bytes that it counts for.</param>
/// <param name="InAccount">Its place in the order of its account.</param>
/// <param name="InRelay">Its place in the order of all.</param>
internal readonly record struct Waiting(ulong Number, Envelope Envelope, int Size, LinkedListNode<Mailbox> InAccount, LinkedListNode<Mailbox> InRelay);

/// <summary>What waits for one subscribed name. It is taken out by a link, or is away until the application subscribes the name again.</summary>
/// <param name="organization">The text of the name's first component, by its owner's token; null: any.</param>
internal sealed class Mailbox(MailboxKey key, string? organization, AccountUse account)
{
    /// <summary>An empty mailbox keeps room for so many.</summary>
    private const int KeptRoom = 16;

    private readonly Queue<Waiting> _waiting = new();

    public MailboxKey Key { get; } = key;

    public AccountUse Account { get; } = account;

    /// <summary>The link that empties it; null: away.</summary>
    public Link? Link { get; set; }

    /// <summary>The link that empties it, or was the last to: what one copy a link goes by.</summary>
    public LinkId LastLink { get; set; }

    /// <summary>The ids under which the name is subscribed.</summary>
    public HashSet<SubscriptionId> Subscriptions { get; } = [];

    /// <summary>Its place among those that are away, and since when.</summary>
    public LinkedListNode<(Mailbox Mailbox, DateTimeOffset Since)>? Away { get; set; }

    /// <summary>Whether the link has it in its queue of those that are not empty.</summary>
    public bool IsQueued { get; set; }

    public int Count => _waiting.Count;

    public long Bytes { get; private set; }

    /// <summary>The number of the oldest; only when there is one.</summary>
    public ulong First => _waiting.Peek().Number;

    /// <summary>Whether it is a name of the organisation: hashes are short, and made to agree by whoever wants to. Null is any.</summary>
    public bool IsOf(string? other) => organization is null || other is null || string.Equals(organization, other, StringComparison.Ordinal);

    public void Add(Waiting waiting)
    {
        _waiting.Enqueue(waiting);
        Bytes += waiting.Size;
    }

    public Waiting RemoveFirst()
    {
        var first = _waiting.Dequeue();
        Bytes -= first.Size;
        if (_waiting.Count == 0 && _waiting.Capacity > KeptRoom)
            _waiting.TrimExcess(KeptRoom);
        return first;
    }
}
