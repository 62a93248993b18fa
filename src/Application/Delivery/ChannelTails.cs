using Skytale.Protocol;

namespace Skytale.Application.Delivery;

/// <summary>Who waits at the end of a channel's log.</summary>
public sealed class ChannelTails : Signals<ChannelId>;
