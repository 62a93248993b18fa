namespace Skytale.Chaos.Checking;

/// <summary>What is counted; a run is good when nothing of the second half ever happened.</summary>
internal sealed class Counts
{
    public int Rounds { get; set; }

    public long Accepted { get; set; }

    public long Shown { get; set; }

    /// <summary>Shown before, not acknowledged, marked.</summary>
    public long Redelivered { get; set; }

    public int Commits { get; set; }

    /// <summary>Messages that were accepted, or that one member was shown, and another member was not.</summary>
    public int Lost { get; set; }

    /// <summary>Messages that a member was shown behind a later one, or in another place than others.</summary>
    public int Reordered { get; set; }

    /// <summary>Messages that were shown again after they were acknowledged.</summary>
    public int ShownAgain { get; set; }

    /// <summary>Messages that were shown again and not marked.</summary>
    public int Unmarked { get; set; }

    /// <summary>Messages that stand in the order twice.</summary>
    public int Doubled { get; set; }

    /// <summary>Messages that nobody sent so.</summary>
    public int Altered { get; set; }

    /// <summary>Messages of one sender under a key that another of its messages had.</summary>
    public int KeysReused { get; set; }

    /// <summary>Channels whose members did not come to one epoch authenticator and one roster.</summary>
    public int Forked { get; set; }

    /// <summary>Sends, commits and channels that failed for another reason than that the agent was removed.</summary>
    public int Failed { get; set; }

    public bool IsGood => (Lost | Reordered | ShownAgain | Unmarked | Doubled | Altered | KeysReused | Forked | Failed) == 0;

    public override string ToString() =>
        $"{Rounds} rounds, {Accepted} accepted, {Shown} shown, {Redelivered} redelivered, {Commits} commits; " +
        $"{Lost} lost, {Reordered} reordered, {ShownAgain} shown again once acknowledged, {Unmarked} redelivered unmarked, " +
        $"{Doubled} doubled, {Altered} altered, {KeysReused} keys used twice, {Forked} forked, {Failed} failed";
}
