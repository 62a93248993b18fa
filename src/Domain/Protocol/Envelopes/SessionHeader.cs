namespace Skytale.Protocol.Envelopes;

/// <summary>SLIM's session header. It is signed end to end: carried as it is, and not looked into.</summary>
/// <param name="Type">Point to point or multicast.</param>
/// <param name="MessageType">What the message is in its session.</param>
/// <param name="SessionId">The session, chosen by who opened it.</param>
/// <param name="MessageId">The message within it.</param>
public readonly record struct SessionHeader(uint Type, uint MessageType, uint SessionId, uint MessageId);
