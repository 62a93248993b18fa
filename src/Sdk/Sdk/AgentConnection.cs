using System.Net;
using Skytale.Protocol.Transport;

namespace Skytale.Sdk;

/// <summary>An agent's connection to its relay.</summary>
/// <param name="Relay">The relay's name, by its own account.</param>
/// <param name="EndPoint">Its address as this side sees it.</param>
/// <param name="Transport">What carries the connection.</param>
public sealed record AgentConnection(string Relay, IPEndPoint EndPoint, TransportKind Transport);
