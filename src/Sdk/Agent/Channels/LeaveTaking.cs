using Skytale.Groups;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Protocol.Frames;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>Members that want to leave, this agent among them, in the channel's order. Used under the session's gate.</summary>
internal sealed class LeaveTaking(ChannelSession session)
{
    /// <summary>Checks what the relay delivered and keeps it with the epoch, in the store too: the commit that names it may come after a restart.</summary>
    public void Take(DeliverLeave frame)
    {
        // While the channel stands still it is of an epoch that this agent is not in.
        if (!session.Trouble.IsOver)
            return;
        try
        {
            Keep(frame);
        }
        catch (MlsException e)
        {
            AgentLog.Rejected(session.Context.Logger, session.Id.ToString(), frame.Sequence.Value, e.Message);
            session.Rejected?.Invoke(new RejectedMessage(frame.Sequence, e.Message));
        }
    }

    private void Keep(DeliverLeave frame)
    {
        var group = session.Head.Group;
        var leave = Read(frame);
        var leaver = leave.Content.Sender.Leaf;
        // One a member: it was kept when it was made, or before a restart.
        if (!LeaveRules.Leaving(group.Public).Any(leaf => leaf == leaver))
        {
            if (LeaveRules.Judge(group.Public, leave) is { } refusal)
                throw new MlsException(MlsError.InvalidProposal, refusal.Detail);
            session.Head.Keep(leave);
        }
        using var state = group.SerializeEpoch();
        session.Write(transaction => transaction.PutEpochState(session.Id, group.Epoch, state));
        if (leaver == group.OwnLeaf && group.Public.Members.Count() == 1)
            session.TakeOut(frame.Sequence, session.Context.Identity.Id, byItself: true);
    }

    private PublicMessage Read(DeliverLeave frame)
    {
        var leave = Tls.Decode<MlsMessage>(Opaque.Copy(frame.Proposal.Span)).PublicMessage ?? throw new MlsException(MlsError.WrongWireFormat, "a proposal that is no PublicMessage");
        return leave.Content.Epoch == session.Head.Epoch ? leave : throw new MlsException(MlsError.WrongEpoch, $"{leave.Content.Epoch}, the group is in {session.Head.Epoch}");
    }
}
