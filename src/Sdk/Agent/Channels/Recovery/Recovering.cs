using Skytale.Groups;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>
/// What this agent tells the relay about the channel's commits: that it follows one, that one fails here, that it has to be
/// added again. It stands in the session until the relay has answered, so that a lost connection loses none that still matters.
/// </summary>
internal sealed class Recovering(ChannelSession session)
{
    private static readonly TimeSpan BeforeAsking = TimeSpan.FromSeconds(1);

    private ChannelTrouble Trouble => session.Trouble;

    private AgentId Self => session.Context.Identity.Id;

    /// <summary>Runs while one connection lives and the channel is this agent's.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                if (await session.LockedAsync(Next, cancellationToken).ConfigureAwait(false) is { } report)
                    await report(cancellationToken).ConfigureAwait(false);
                else
                    await PauseAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection is gone, or this agent was added again.
        }
        catch (SkytaleException e)
        {
            AgentLog.ReceivingFailed(session.Context.Logger, session.Id.ToString(), e.Message);
        }
    }

    private Func<CancellationToken, Task>? Next()
    {
        if (session.Reports.Due is var (epoch, hash))
            return token => SayAppliedAsync(epoch, hash, token);
        if (Trouble.Failed is { IsCompared: true } failed)
        {
            // A commit of this agent's own that it does not know says that its store is an old one.
            if (failed.IsOwn)
                return token => GiveUpAsync(failed, ReAddingReason.LostState, token);
            if (!failed.IsReported)
                return token => RejectAsync(failed, token);
            // Everything up to the decision has come, and the commit is not void: it stands.
            if (failed.DecidedAt <= session.Received)
                return token => GiveUpAsync(failed, ReAddingReason.CommitFailed, token);
        }
        if (Trouble.ReAdding is { } reason && Trouble.AskAt <= session.Context.Time.GetUtcNow())
            return token => AskAsync(reason, token);
        return null;
    }

    /// <summary>Waits until there is something to say, or time to ask again.</summary>
    private async Task PauseAsync(CancellationToken cancellationToken)
    {
        var pause = await session.LockedAsync(() => Trouble.ReAdding is null ? Timeout.InfiniteTimeSpan : Trouble.AskAt - session.Context.Time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        if (pause < TimeSpan.Zero && pause != Timeout.InfiniteTimeSpan)
            return;
        using var until = new CancellationTokenSource(pause, session.Context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, until.Token);
        var before = Trouble.ReAdding;
        try
        {
            await session.WaitAsync(() => Trouble.ReAdding != before || Next() is not null, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // Time to ask.
        }
    }

    private async Task SayAppliedAsync(Epoch epoch, Opaque hash, CancellationToken cancellationToken)
    {
        var answer = await session.Context.RequestAsync<Accepted>(request => new Applied(request, session.Id, epoch.Value, hash.Memory), cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccess)
            AgentLog.ReportRefused(session.Context.Logger, session.Id.ToString(), epoch.Value, answer.Refusal.Detail);
        await LockedAsync(() => session.Reports.Told(epoch), cancellationToken).ConfigureAwait(false);
    }

    private async Task RejectAsync(FailedCommit failed, CancellationToken cancellationToken)
    {
        var content = new CommitRejectedContent(session.Id, failed.Epoch.Value, failed.Hash.Memory, failed.Reason, Self);
        var signature = session.Context.Identity.Sign(LabeledContent.CommitRejected, content.Encode());
        var answer = await session.Context.RequestAsync<Accepted>(
            request => new CommitRejected(request, session.Id, failed.Epoch.Value, failed.Hash.Memory, failed.Reason, signature), cancellationToken).ConfigureAwait(false);
        await LockedAsync(
            () =>
            {
                failed.IsReported = true;
                if (answer.IsSuccess)
                    failed.DecidedAt = answer.Value.Sequence;
                else if (Trouble.Failed == failed && !(answer.Refusal.CurrentEpoch <= failed.Epoch.Value))
                    Refused(failed, answer.Refusal);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private Task<bool> GiveUpAsync(FailedCommit failed, ReAddingReason reason, CancellationToken cancellationToken) => LockedAsync(
        () =>
        {
            if (Trouble.Failed == failed)
                session.NeedReAdding(reason);
        },
        cancellationToken);

    // It stands, or was voided and followed by others, which is on its way; or it is not what was delivered here. Where the
    // refusal says that the channel is in the commit's epoch, another's rejection came before.
    private void Refused(FailedCommit failed, Refusal refusal)
    {
        AgentLog.ReportRefused(session.Context.Logger, session.Id.ToString(), failed.Epoch.Value, refusal.Detail);
        Trouble.NeedReAdding(ReAddingReason.CommitFailed, session.Context.Time.GetUtcNow() + BeforeAsking);
    }

    private async Task AskAsync(ReAddingReason reason, CancellationToken cancellationToken)
    {
        var (epoch, refusal) = await new Asking(session.Context, session.Id).AskAsync(reason, cancellationToken).ConfigureAwait(false);
        await LockedAsync(
            () =>
            {
                Trouble.Asked(epoch, session.Context.Time.GetUtcNow());
                if (refusal is null)
                    return;
                AgentLog.AskingRefused(session.Context.Logger, session.Id.ToString(), refusal.Detail);
                if (refusal.Code is ErrorCode.NotAMember or ErrorCode.UnknownChannel)
                    session.LeaveUnseen(refusal.ToException());
            },
            cancellationToken).ConfigureAwait(false);
    }

    private Task<bool> LockedAsync(Action action, CancellationToken cancellationToken) => session.LockedAsync(
        () =>
        {
            action();
            session.SignalChange();
            return true;
        },
        cancellationToken);
}
