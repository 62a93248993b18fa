using Skytale.Groups;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>
/// Takes out members that want to leave. The lowest leaf that is there does it at once, the others wait for it by the order of
/// their leaves, and those who want to leave themselves wait for all others.
/// </summary>
internal sealed class LeavesOfOthers(ChannelSession session)
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
                await session.WaitAsync(() => session.Head.IsHeld && session.Trouble.IsOver, cancellationToken).ConfigureAwait(false);
                var leaving = await session.LockedAsync(() => LeaveRules.Leaving(session.Head.Group.Public).ToHashSet(), cancellationToken).ConfigureAwait(false);
                await _turn.WaitAsync(() => !session.Head.IsHeld, last: leaving, cancellationToken).ConfigureAwait(false);
                await TakeOutAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection is gone: on the next one the wish stands still, or somebody has carried it out.
        }
        catch (SkytaleException)
        {
            // The channel has ended for this agent; whoever waits in it is told why.
        }
    }

    private async Task TakeOutAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _committing.TakeOutAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SkytaleException e) when (e.Error is SkytaleError.Refused or SkytaleError.UnreadMessages or SkytaleError.ConnectionLost)
        {
            // Another's turn comes meanwhile; what was sent may stand already.
            AgentLog.TakingOutFailed(session.Context.Logger, session.Id.ToString(), e.Message);
            await Task.Delay(Longest, session.Context.Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
