using Skytale.Protocol.Envelopes;

namespace Skytale.Names;

/// <summary>A link's number at this relay.</summary>
public readonly record struct LinkId(ulong Value);

/// <summary>
/// One SLIM application's way to the relay, or a proxy's connection of several that share one: what it has subscribed, and
/// what waits for it, oldest first over all of its names. Belongs to a <see cref="NameTable"/>; not for concurrent use.
/// </summary>
public sealed class Link
{
    private readonly HashSet<Mailbox> _mailboxes = [];
    private readonly PriorityQueue<Mailbox, ulong> _filled = new();

    internal Link(LinkId id, LinkOwner owner) => (Id, Owner) = (id, owner);

    public LinkId Id { get; }

    public LinkOwner Owner { get; }

    /// <summary>How many subscriptions it has.</summary>
    public int Subscriptions { get; internal set; }

    /// <summary>Bytes that were taken and may not be sent yet.</summary>
    internal long UnderWay { get; set; }

    internal IReadOnlyCollection<Mailbox> Mailboxes => _mailboxes;

    internal void Attach(Mailbox mailbox)
    {
        (mailbox.Link, mailbox.LastLink) = (this, Id);
        _mailboxes.Add(mailbox);
        if (mailbox.Count > 0)
            Filled(mailbox);
    }

    internal void Detach(Mailbox mailbox)
    {
        mailbox.Link = null;
        _mailboxes.Remove(mailbox);
        if (mailbox.IsQueued)
            _filled.Remove(mailbox, out _, out _);
        mailbox.IsQueued = false;
        Subscriptions -= mailbox.Subscriptions.Count;
        mailbox.Subscriptions.Clear();
    }

    /// <summary>Something was put into one of its mailboxes.</summary>
    internal void Filled(Mailbox mailbox)
    {
        if (mailbox.IsQueued)
            return; // Under the number of its oldest, or of an older one that is gone: it is put right when its turn comes.
        mailbox.IsQueued = true;
        _filled.Enqueue(mailbox, mailbox.First);
    }

    /// <summary>The mailbox with the oldest that waits; null when nothing does.</summary>
    internal Mailbox? NextFilled()
    {
        while (_filled.TryPeek(out var mailbox, out var number))
        {
            if (mailbox.Count > 0 && mailbox.First == number)
                return mailbox;
            // Its oldest was taken or had to go.
            _filled.Dequeue();
            mailbox.IsQueued = false;
            if (mailbox.Count > 0)
                Filled(mailbox);
        }
        return null;
    }
}
