namespace Skytale.Sdk.Slim;

/// <summary>What can go wrong in a SLIM session.</summary>
public enum SlimError
{
    /// <summary>An argument is not in its form; the message says which.</summary>
    InvalidArgument,

    /// <summary>Somebody who was asked, or sent to, has not answered in all retries: absent, or cut off.</summary>
    NoAnswer,

    /// <summary>The session has ended: closed by somebody, left, or this agent was removed from it.</summary>
    SessionClosed,

    /// <summary>Only the one who created the group invites and removes.</summary>
    NotTheModerator,

    /// <summary>There is such a participant already.</summary>
    AlreadyInvited,

    /// <summary>There is no such participant.</summary>
    NotAParticipant,

    /// <summary>The payload with its metadata is larger than SLIM's links take.</summary>
    MessageTooLarge,

    /// <summary>The relay refused the name; the message says why.</summary>
    Refused,

    /// <summary>The agent, or its link, was disposed.</summary>
    LinkClosed,

    /// <summary>The other side sent what the protocol does not allow, or what MLS refuses.</summary>
    ProtocolViolation,
}

/// <summary>What went wrong in a SLIM session; the message holds no secret and no content.</summary>
public sealed class SlimException(SlimError error, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>The kind of failure.</summary>
    public SlimError Error { get; } = error;
}
