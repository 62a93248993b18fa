namespace Skytale.Chaos.Checking;

/// <summary>A place in a channel's order, as those say who know it: the sender, by the answer that it had, and whoever was shown the message.</summary>
internal sealed class Entry(string sender, ulong number)
{
    public string Sender { get; } = sender;

    public ulong Number { get; } = number;

    public bool IsAccepted { get; set; }

    /// <summary>To each agent, and the hash of what it was shown.</summary>
    public Dictionary<string, string> ShownTo { get; } = [];
}
