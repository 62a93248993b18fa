using Skytale.Groups;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Protocol.Frames;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>What the members say about the channel's commits, in the channel's order. Used under the session's gate.</summary>
internal sealed class ReportTaking(ChannelSession session)
{
    private ChannelTrouble Trouble => session.Trouble;

    /// <summary>A member has entered an epoch.</summary>
    public void Take(DeliverApplied report)
    {
        var epoch = new Epoch(report.Epoch);
        if (report.Member != session.Context.Identity.Id && epoch >= session.Head.Epoch)
            session.Unsettled.Settle();
        if (session.Reports.Reported(epoch, Opaque.Copy(report.AuthenticatorHash.Span)))
            session.SayForked(epoch);
    }

    /// <summary>A commit is void, and everything behind it: the channel is in the commit's epoch again.</summary>
    /// <exception cref="SkytaleException">No member has signed that.</exception>
    public void Take(CommitVoided report)
    {
        var content = new CommitRejectedContent(report.ChannelId, report.Epoch, report.CommitHash, report.Reason, report.Member);
        if (!LabeledContent.Verify(report.Member, LabeledContent.CommitRejected, content.Encode(), report.Signature.Span))
            throw new SkytaleException(SkytaleError.ProtocolViolation, $"The relay voids a commit in {session.Name}, and no member has signed that it failed.", "Do not trust this relay.");
        var epoch = new Epoch(report.Epoch);
        AgentLog.Voided(session.Context.Logger, session.Id.ToString(), epoch.Value);
        session.Happened?.Invoke(new EpochVoided(epoch.Value, report.Member));
        session.Reports.WentBack(epoch);
        session.Invitations.GoBack(epoch);
        Trouble.WentBack(epoch, session.Context.Time.GetUtcNow());
        if (session.Head.Epoch > epoch)
            LeaveVoid(epoch);
        else if (session.Head.Epoch == epoch && (Trouble.Failed is not null || Trouble.RemovedAt is not null || Trouble.CanGoBack))
            session.GoOn();
    }

    /// <summary>A member asks to be added again; one of the others does it.</summary>
    public void Take(DeliverReAdding frame)
    {
        if (frame.Member != session.Context.Identity.Id && (!Trouble.IsOver || !Keep(frame)))
            return;
        AgentLog.ReAddingAsked(session.Context.Logger, session.Id.ToString(), frame.Reason);
        session.Happened?.Invoke(new ReAddingAsked(frame.Member, frame.Reason));
    }

    private bool Keep(DeliverReAdding frame)
    {
        if (session.Wishes.Consider(frame) is not { } why)
            return true;
        AgentLog.Rejected(session.Context.Logger, session.Id.ToString(), frame.Sequence.Value, why);
        session.Rejected?.Invoke(new RejectedMessage(frame.Sequence, why));
        return false;
    }

    // The keys of the epoch that stands are gone with the merge, as they must be (RFC 9420 §9.2): there is no way back.
    private void LeaveVoid(Epoch standing)
    {
        foreach (var epoch in session.Inbox.Epochs.Append(session.Reading).Append(session.Head).Where(epoch => epoch.Epoch > standing))
            epoch.IsVoid = true;
        Trouble.FollowedVoid(standing);
        session.NeedReAdding(ReAddingReason.CommitFailed);
        var (count, last) = session.Unsettled.TakeBehind(standing);
        if (count > 0)
            session.Happened?.Invoke(new MessagesVoided(count, last));
    }
}
