using Skytale.Agent.Channels;
using Skytale.Groups;
using Skytale.Groups.Invitations;
using Skytale.Mls.KeyPackages;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Sdk;

namespace Skytale.Agent.Invitations;

/// <summary>Somebody who asks to join by an invitation, with a request that the invitation's key has signed.</summary>
internal sealed record Joiner(AgentId Agent, InvitationId Invitation, KeyPackage KeyPackage);

/// <summary>Who asks to join and was not added yet. Used under the session's gate.</summary>
internal sealed class Joiners(ChannelSession session)
{
    /// <summary>As many as a relay holds of a channel.</summary>
    private const int MaxKept = 64;

    private readonly List<Joiner> _joiners = [];

    /// <summary>Takes what the relay delivered: it is checked here, whatever the relay has checked.</summary>
    public void Take(DeliverJoinRequest frame)
    {
        var checkedRequest = JoinRequestRules.Check(session.Id, frame.Invitation, frame.Joiner, frame.KeyPackage, frame.Signature, session.Context.Time.GetUtcNow());
        if (frame.ChannelId != session.Id || !checkedRequest.IsSuccess)
        {
            Refuse(frame.Joiner, checkedRequest.Refusal?.Detail ?? "it is for another channel");
            return;
        }
        _joiners.RemoveAll(joiner => joiner.Agent == frame.Joiner);
        if (_joiners.Count == MaxKept)
            _joiners.RemoveAt(0); // It is asked for again.
        _joiners.Add(new Joiner(frame.Joiner, frame.Invitation, checkedRequest.Value));
    }

    /// <summary>The first that may be added now, if any; those that never may are dropped. One whose invitation this agent does not know may be another member's to add.</summary>
    public Joiner? Next()
    {
        var group = session.Head.Group.Public;
        if (_joiners.Count == 0 || !session.Invitations.MayAdmit(group))
            return null; // They wait for a member that may, or for this one to be allowed it.
        foreach (var joiner in _joiners.ToList())
        {
            if (group.Members.Any(member => AgentLeaf.Named(member.Leaf.Credential) == joiner.Agent))
                _joiners.Remove(joiner);
            else if (session.Invitations.Find(joiner.Invitation) is { } known)
            {
                if (session.Invitations.Judge(known, joiner.Agent, group) is not { } why)
                    return joiner;
                Drop(joiner, why);
            }
        }
        return null;
    }

    /// <summary>Forgets one, and says why.</summary>
    public void Drop(Joiner joiner, string why)
    {
        if (_joiners.Remove(joiner))
            Refuse(joiner.Agent, why);
    }

    private void Refuse(AgentId joiner, string why)
    {
        AgentLog.JoinRequestRefused(session.Context.Logger, session.Id.ToString(), why);
        session.Happened?.Invoke(new JoinRequestRefused(joiner, why));
    }
}
