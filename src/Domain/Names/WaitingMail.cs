using Skytale.Protocol.Envelopes;

namespace Skytale.Names;

/// <summary>
/// What waits in all mailboxes, within the bounds of each mailbox, of each account and of the relay: over one of them the oldest
/// go, whosever they are. So what nobody takes makes room for what is taken. Not for concurrent use.
/// </summary>
internal sealed class WaitingMail(NameLimits limits)
{
    private readonly LinkedList<Mailbox> _oldestFirst = new();

    /// <summary>Bytes that wait.</summary>
    public long Bytes { get; private set; }

    /// <summary>Puts one down.</summary>
    /// <param name="number">Its place in the order of everything: not below that of what was put down before.</param>
    /// <param name="size">The bytes that it counts for.</param>
    /// <returns>How many went for it, itself included where there is no room for it.</returns>
    public int Put(Mailbox mailbox, Envelope envelope, ulong number, int size)
    {
        if (size > limits.BytesPerMailbox || size > limits.BytesPerAccount || size > limits.Bytes)
            return 1;
        var (account, dropped) = (mailbox.Account, 0);
        for (; mailbox.Count >= limits.MessagesPerMailbox || mailbox.Bytes + size > limits.BytesPerMailbox; dropped++)
            TakeFirst(mailbox);
        for (; account.Bytes + size > limits.BytesPerAccount; dropped++)
        {
            if (account.OldestFirst.First is not { } oldest)
                return dropped + 1; // All of it is under way to links that do not take it.
            TakeFirst(oldest.Value);
        }
        for (; Bytes + size > limits.Bytes; dropped++)
            TakeFirst(_oldestFirst.First!.Value);

        mailbox.Add(new Waiting(number, envelope, size, account.OldestFirst.AddLast(mailbox), _oldestFirst.AddLast(mailbox)));
        account.Bytes += size;
        Bytes += size;
        mailbox.Link?.Filled(mailbox);
        return dropped;
    }

    /// <summary>Takes a mailbox's oldest; there is one.</summary>
    public Waiting TakeFirst(Mailbox mailbox)
    {
        var taken = mailbox.RemoveFirst();
        mailbox.Account.OldestFirst.Remove(taken.InAccount);
        _oldestFirst.Remove(taken.InRelay);
        mailbox.Account.Bytes -= taken.Size;
        Bytes -= taken.Size;
        return taken;
    }
}
