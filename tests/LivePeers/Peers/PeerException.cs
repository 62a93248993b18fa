namespace Skytale.LivePeers.Tests.Peers;

/// <summary>The peer refused what it was asked to do.</summary>
internal sealed class PeerException(string operation, string reason) : Exception($"{operation}: {reason}");
