using MediatR;
using Skytale.Application.Delivery;
using Skytale.Application.Nodes;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;

namespace Skytale.Server.Relay;

/// <summary>Serves the links of SLIM names of one connection, an agent's or a proxy's.</summary>
internal sealed class LinkStreams(
    LinkDoor door, RequestRates rates, IMediator mediator, RevokedCallers revoked, LiveConnections live, TransportKind transport, RelayMetrics metrics, TimeProvider time, ILogger log)
{
    /// <summary>Serves one until it ends.</summary>
    /// <param name="reader">Cuts the stream; its first frame was read.</param>
    /// <exception cref="TransportException">The other side has left the stream.</exception>
    public Task ServeAsync(ITransportStream stream, FrameReader reader, RelayPeer peer, OpenLink open, CancellationToken cancellationToken) =>
        new LinkStream(stream, reader, peer, door, rates, mediator, revoked, live, transport, metrics, time, log).RunAsync(open, cancellationToken);
}
