namespace Skytale.Names;

/// <summary>What became of an envelope.</summary>
/// <param name="IsExpired">Its hops were used up.</param>
/// <param name="Copies">Mailboxes that it was put into; zero: nobody has subscribed its destination.</param>
/// <param name="Dropped">Envelopes that went for it, or itself, because a mailbox was full.</param>
public readonly record struct Published(bool IsExpired, int Copies, int Dropped);
