using Skytale.Groups;
using Skytale.Protocol;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

// The end of this agent's stay: by another's will, or by its own, which is stored until a commit has carried it out.
internal sealed partial class ChannelSession
{
    /// <summary>True once this agent was removed; it is a member again where the commit that did it is voided.</summary>
    public bool IsRemoved => HasLeft || Trouble.RemovedAt is not null;

    /// <summary>True once it was removed by a commit that stands.</summary>
    public bool HasLeft { get; private set; }

    /// <summary>True where it is out by its own will.</summary>
    public bool IsOutByItself { get; private set; }

    /// <summary>True once it was removed and everything before that was read.</summary>
    public bool IsOver { get; set; }

    /// <summary>True from when this agent wants to leave: it sends nothing any more.</summary>
    public bool IsLeaving { get; private set; }

    /// <summary>Why this agent stays all the same; null: nobody has said so since it last wanted to leave.</summary>
    public Refusal? StayRefusal { get; private set; }

    /// <summary>Throws when nothing can be sent or received any more.</summary>
    public void ThrowIfEnded()
    {
        if (Failure is not null)
            throw Failure;
        if (HasLeft)
            throw Out;
    }

    /// <summary>Throws when this agent is no member.</summary>
    public void ThrowIfNoMember()
    {
        ThrowIfEnded();
        if (IsRemoved)
            throw Out;
    }

    /// <summary>Throws when this agent may change and send nothing: it is no member, or wants to be none.</summary>
    public void ThrowIfLeaving()
    {
        ThrowIfNoMember();
        if (IsLeaving)
            throw new SkytaleException(SkytaleError.NotAMember, $"This agent is leaving {Name}.", "Ask a member to add it again, once it has left.");
    }

    /// <summary>This agent wants to leave, also after a restart; nothing happens where it has. Under the gate.</summary>
    /// <exception cref="SkytaleException">It may not, as far as it can be seen here; or it was removed.</exception>
    public void WantToLeave()
    {
        if (IsLeaving && IsRemoved)
            return;
        ThrowIfNoMember();
        if (IsLeaving)
            return;
        if (IsCaughtUp && Trouble.IsOver && LeaveRules.Judge(Head.Group.Public, Head.Group.OwnLeaf) is { } refusal)
            throw refusal.ToException();
        Write(transaction => transaction.PutLeaving(Id, true));
        (IsLeaving, StayRefusal) = (true, null);
        SignalChange();
    }

    /// <summary>This agent may not leave, and stays; under the gate.</summary>
    public void Stay(Refusal refusal)
    {
        AgentLog.LeavingRefused(Context.Logger, Id.ToString(), refusal.Detail);
        Write(transaction => transaction.PutLeaving(Id, false));
        (IsLeaving, StayRefusal) = (false, refusal);
        SignalChange();
        Happened?.Invoke(new LeavingRefused(refusal.Detail));
    }

    /// <summary>An entry takes this agent out; a commit may still be voided; under the gate.</summary>
    /// <param name="by">Who committed it.</param>
    /// <param name="byItself">True when it is this agent's own will that is carried out.</param>
    public void TakeOut(Sequence at, AgentId by, bool byItself)
    {
        (Trouble.RemovedAt, IsOutByItself) = (at, byItself);
        Happened?.Invoke(byItself ? new MemberLeft(Context.Identity.Id) : new MemberRemoved(Context.Identity.Id, by));
    }

    /// <summary>The commit that removed this agent stands: behind what is unread the channel is over; under the gate.</summary>
    public void Leave()
    {
        if (Trouble.RemovedAt is { } removal)
            End(removal);
    }

    /// <summary>The relay says that this agent is no member any more, which it could not follow; under the gate.</summary>
    public void LeaveUnseen(SkytaleException why)
    {
        if (!IsLeaving)
        {
            Break(why);
            return;
        }
        TakeOut(Received, Context.Identity.Id, byItself: true);
        End(Received);
    }

    private void End(Sequence removal)
    {
        HasLeft = true;
        Trouble.End();
        Inbox.Add(new Removal(removal));
        SignalChange();
    }

    private SkytaleException Out => IsOutByItself
        ? new(SkytaleError.NotAMember, $"This agent has left {Name}.", "Ask a member to add it again.")
        : new(SkytaleError.NotAMember, $"This agent was removed from {Name}.", "Ask a member to add it again.");
}
