using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>
/// Adds members again that asked for it. The lowest leaf that is there does it at once, the others wait for it by the order of
/// their leaves, so that one commit is made where one is needed.
/// </summary>
internal sealed class ReAddingOthers(ChannelSession session)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private readonly Committing _committing = new(session);
    private readonly LeafTurn _turn = new(session, Step, Longest);

    /// <summary>Runs while one connection lives and the channel is this agent's.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await session.WaitAsync(() => session.Wishes.All.Count > 0 && session.Trouble.IsOver, cancellationToken).ConfigureAwait(false);
                var waiting = await session.LockedAsync(() => session.Wishes.All.Select(wish => wish.Leaf).ToHashSet(), cancellationToken).ConfigureAwait(false);
                await _turn.WaitAsync(() => session.Wishes.All.Count == 0, last: waiting, cancellationToken).ConfigureAwait(false);
                await AddAgainAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection is gone: who asked and was not added asks again.
        }
        catch (SkytaleException)
        {
            // The channel has ended for this agent; whoever waits in it is told why.
        }
    }

    private async Task AddAgainAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _committing.AddAgainAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SkytaleException e) when (e.Error is SkytaleError.Refused)
        {
            // They ask again: perhaps with a KeyPackage that can be added.
            AgentLog.ReAddingFailed(session.Context.Logger, session.Id.ToString(), e.Message);
            await session.LockedAsync(session.Wishes.DropAll, cancellationToken).ConfigureAwait(false);
        }
    }
}
