using Skytale.Mls.Tree;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>
/// What any member may do for others, in turn. The lowest leaf that is there does it at once, the others wait for it by the order of
/// their leaves, so that one commit is made where one is needed; those for whom it is done wait for all others.
/// </summary>
internal abstract class WorkForOthers(ChannelSession session)
{
    /// <summary>The wait for a turn at most.</summary>
    protected static readonly TimeSpan Longest = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly LeafTurn _turn = new(session, Step, Longest);

    protected ChannelSession Session => session;

    protected Committing Committing { get; } = new(session);

    /// <summary>Whether there is something to do; asked under the gate.</summary>
    protected abstract bool IsNeeded { get; }

    /// <summary>For whom; asked under the gate.</summary>
    protected abstract IEnumerable<LeafIndex> ForWhom { get; }

    /// <summary>Runs while one connection lives and the channel is this agent's.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await session.WaitAsync(() => IsNeeded && session.Trouble.IsOver, cancellationToken).ConfigureAwait(false);
                var waiting = await session.LockedAsync(() => ForWhom.ToHashSet(), cancellationToken).ConfigureAwait(false);
                await _turn.WaitAsync(() => !IsNeeded, last: waiting, cancellationToken).ConfigureAwait(false);
                await DoAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection is gone: on the next one it is needed still, or somebody has done it.
        }
        catch (SkytaleException)
        {
            // The channel has ended for this agent; whoever waits in it is told why.
        }
    }

    /// <summary>Does it, as far as nobody has.</summary>
    protected abstract Task DoAsync(CancellationToken cancellationToken);
}
