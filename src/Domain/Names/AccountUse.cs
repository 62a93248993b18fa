namespace Skytale.Names;

/// <summary>What an account has of the relay now.</summary>
internal sealed class AccountUse
{
    public int Links { get; set; }

    public int Mailboxes { get; set; }

    /// <summary>Bytes that wait in its mailboxes, or are under way to its links.</summary>
    public long Bytes { get; set; }

    /// <summary>A mailbox for everything that waits in it, in the order in which it came.</summary>
    public LinkedList<Mailbox> OldestFirst { get; } = new();

    public bool IsNothing => (Links, Mailboxes) == (0, 0);
}
