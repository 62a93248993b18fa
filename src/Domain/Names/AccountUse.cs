namespace Skytale.Names;

/// <summary>What an account has of the relay now.</summary>
internal sealed class AccountUse
{
    public int Links { get; set; }

    public int Mailboxes { get; set; }

    public long Bytes { get; set; }

    public bool IsNothing => (Links, Mailboxes) == (0, 0);
}
