using Skytale.Groups;
using Skytale.Mls.Tree;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>Takes out members that want to leave.</summary>
internal sealed class LeavesOfOthers(ChannelSession session) : WorkForOthers(session)
{
    protected override bool IsNeeded => Session.Head.IsHeld;

    protected override IEnumerable<LeafIndex> ForWhom => LeaveRules.Leaving(Session.Head.Group.Public);

    protected override async Task DoAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Committing.TakeOutAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SkytaleException e) when (e.Error is SkytaleError.Refused or SkytaleError.UnreadMessages or SkytaleError.ConnectionLost)
        {
            // Another's turn comes meanwhile; what was sent may stand already.
            AgentLog.TakingOutFailed(Session.Context.Logger, Session.Id.ToString(), e.Message);
            await Task.Delay(Longest, Session.Context.Time, cancellationToken).ConfigureAwait(false);
        }
    }
}
