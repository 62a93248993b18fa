using Skytale.Accounts;
using Skytale.Protocol.Envelopes;

namespace Skytale.Names;

/// <summary>Which mailbox: a name that one application of an account has subscribed.</summary>
internal readonly record struct MailboxKey(AccountId Account, Address Subscriber, Address Name);

/// <summary>An envelope that waits.</summary>
/// <param name="Number">Its place in the order of everything that was ever put down.</param>
/// <param name="Size">The bytes that it counts for.</param>
internal readonly record struct Waiting(ulong Number, Envelope Envelope, int Size);

/// <summary>What waits for one subscribed name. It is taken out by a link, or is away until the application subscribes the name again.</summary>
internal sealed class Mailbox(MailboxKey key)
{
    private readonly Queue<Waiting> _waiting = new();

    public MailboxKey Key { get; } = key;

    /// <summary>The link that empties it; null: away.</summary>
    public Link? Link { get; set; }

    /// <summary>The link that empties it, or was the last to: what one copy a link goes by.</summary>
    public LinkId LastLink { get; set; }

    /// <summary>The ids under which the name is subscribed.</summary>
    public HashSet<SubscriptionId> Subscriptions { get; } = [];

    /// <summary>Its place among those that are away, and since when.</summary>
    public LinkedListNode<(Mailbox Mailbox, DateTimeOffset Since)>? Away { get; set; }

    public int Count => _waiting.Count;

    public long Bytes { get; private set; }

    /// <summary>The number of the oldest; only when there is one.</summary>
    public ulong First => _waiting.Peek().Number;

    public void Add(Waiting waiting)
    {
        _waiting.Enqueue(waiting);
        Bytes += waiting.Size;
    }

    public Waiting RemoveFirst()
    {
        var first = _waiting.Dequeue();
        Bytes -= first.Size;
        return first;
    }
}
