namespace Skytale.Sdk;

/// <summary>How far a join by an invitation is.</summary>
public enum JoinStep
{
    /// <summary>There is no connection to the relay at this moment.</summary>
    Connecting,

    /// <summary>The relay is asked to hold the request.</summary>
    Asking,

    /// <summary>The relay knows no such invitation: it was revoked, or no member has connected since the relay was started. It is asked again.</summary>
    InvitationUnknown,

    /// <summary>The relay holds the request; any member that is connected admits this agent.</summary>
    WaitingForMember,

    /// <summary>The Welcome came and is of the channel that the invitation is to.</summary>
    Joined,

    /// <summary>As <see cref="Joined"/>, but the inviter is not a member: it has left, or was removed.</summary>
    JoinedWithoutInviter,
}

/// <summary>What a join waits for.</summary>
/// <param name="Step">How far it is.</param>
/// <param name="Detail">The same for a person; may say what the relay answered.</param>
public sealed record JoinProgress(JoinStep Step, string Detail);
