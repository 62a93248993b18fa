using Skytale.Mls.Tree;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>Adds members again that asked for it.</summary>
internal sealed class ReAddingOthers(ChannelSession session) : WorkForOthers(session)
{
    protected override bool IsNeeded => Session.Wishes.All.Count > 0;

    protected override IEnumerable<LeafIndex> ForWhom => Session.Wishes.All.Select(wish => wish.Leaf);

    protected override async Task DoAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Committing.AddAgainAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SkytaleException e) when (e.Error is SkytaleError.Refused)
        {
            // They ask again: perhaps with a KeyPackage that can be added.
            AgentLog.ReAddingFailed(Session.Context.Logger, Session.Id.ToString(), e.Message);
            await Session.LockedAsync(Session.Wishes.DropAll, cancellationToken).ConfigureAwait(false);
        }
    }
}
