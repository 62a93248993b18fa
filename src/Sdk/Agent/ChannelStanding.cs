namespace Skytale.Sdk;

/// <summary>How an agent stands in a channel.</summary>
public enum ChannelStanding
{
    /// <summary>It reads and sends.</summary>
    Member,

    /// <summary>It is a member, and the channel stands still for it: a commit is not decided, or it has to be added again.</summary>
    Waiting,

    /// <summary>It wants to leave, and no commit has taken it out yet.</summary>
    Leaving,

    /// <summary>It has left by its own will.</summary>
    Left,

    /// <summary>Another has removed it.</summary>
    Removed,

    /// <summary>The channel cannot go on here.</summary>
    Broken,
}
