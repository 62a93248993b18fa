namespace Skytale.Protocol.Envelopes;

/// <summary>A SLIM application's number for one of its subscriptions; the same name may be subscribed under several.</summary>
public readonly record struct SubscriptionId(ulong Value);
