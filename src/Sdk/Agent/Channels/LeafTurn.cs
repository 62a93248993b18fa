using Skytale.Mls.Tree;

namespace Skytale.Agent.Channels;

/// <summary>
/// Who does what any member could do: the lowest leaf that is there does it at once, each other waits for it by the order of the
/// leaves, so that one commit is made where one is needed.
/// </summary>
/// <param name="step">The wait for each leaf before this agent's.</param>
/// <param name="longest">The wait at most.</param>
internal sealed class LeafTurn(ChannelSession session, TimeSpan step, TimeSpan longest)
{
    /// <summary>Returns when it is this agent's turn, or it is done.</summary>
    /// <param name="isDone">Looked at under the gate.</param>
    /// <param name="last">Leaves whose turn comes after all others'.</param>
    public async Task WaitAsync(Func<bool> isDone, IReadOnlyCollection<LeafIndex> last, CancellationToken cancellationToken)
    {
        var delay = await session.LockedAsync(() => Delay(last), cancellationToken).ConfigureAwait(false);
        using var until = new CancellationTokenSource(delay, session.Context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, until.Token);
        try
        {
            await session.WaitAsync(isDone, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // It is this agent's turn.
        }
    }

    private TimeSpan Delay(IReadOnlyCollection<LeafIndex> last)
    {
        var group = session.Head.Group;
        var isLast = last.Contains(group.OwnLeaf);
        var before = group.Public.Members.Count(member => last.Contains(member.Index) == isLast ? member.Index < group.OwnLeaf : isLast);
        return before * step < longest ? before * step : longest;
    }
}
