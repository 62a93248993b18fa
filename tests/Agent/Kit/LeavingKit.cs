using Skytale.Sdk;

namespace Skytale.Tests.Kit;

/// <summary>Waiting and looking where members leave.</summary>
internal static class LeavingKit
{
    /// <summary>From now on the guest makes no commit, until this is disposed.</summary>
    public static async Task<HeldCommits> HoldCommitsAsync(this Guest guest)
    {
        await guest.Channel.Session.CommitTurn.WaitAsync(TestContext.Current.CancellationToken);
        return new HeldCommits(guest.Channel.Session.CommitTurn);
    }

    /// <summary>Returns when the guest knows that another wants to leave.</summary>
    public static Task HeldAsync(this Guest guest) => guest.Channel.Session.WaitAsync(() => guest.Channel.Session.Head.IsHeld, TestContext.Current.CancellationToken).Soon();

    /// <summary>Returns when the guest is in an epoch of so many members.</summary>
    public static Task AmongAsync(this Guest guest, int members) =>
        guest.Channel.Session.WaitAsync(() => guest.Channel.Members.Count == members, TestContext.Current.CancellationToken).Soon();

    /// <summary>Returns when the guest is out by its own will.</summary>
    public static async Task OutAsync(this Guest guest)
    {
        await guest.Channel.Session.WaitAsync(() => guest.Channel.Session.IsRemoved, TestContext.Current.CancellationToken).Soon();
        guest.Channel.Standing.ShouldBe(ChannelStanding.Left);
    }

    /// <summary>Returns when the guest's store is as of the newest entry that it has received.</summary>
    public static async Task StoredAsync(this Guest guest)
    {
        using var patience = new CancellationTokenSource(Reading.Patience);
        while (guest.Channel.Session.Progress.Cursor < guest.Channel.Session.Received)
            await Task.Delay(10, patience.Token);
    }

    /// <summary>What the relay's entries are, as one of the guests is shown them.</summary>
    public static async Task<IReadOnlyList<string>> KindsAsync(this Party party, int leaf)
    {
        var kinds = new List<string>();
        await foreach (var entry in party[leaf].Channel.ReadRawAsync(TestContext.Current.CancellationToken))
            kinds.Add(entry.Kind);
        return kinds;
    }

    /// <summary>Returns when the relay has an entry of a kind.</summary>
    public static async Task OrderedAsync(this Party party, int leaf, string kind)
    {
        using var patience = new CancellationTokenSource(Reading.Patience);
        while (!(await party.KindsAsync(leaf)).Contains(kind))
            await Task.Delay(10, patience.Token);
    }
}

/// <summary>A turn to commit that nobody uses.</summary>
internal sealed class HeldCommits(SemaphoreSlim turn) : IDisposable
{
    private int _isReleased;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isReleased, 1) == 0)
            turn.Release();
    }
}
