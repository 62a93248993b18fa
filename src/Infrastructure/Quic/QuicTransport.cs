using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Quic;

/// <summary>The QUIC of a process: the one place where programs and the SDK get it from.</summary>
public static class QuicTransport
{
    /// <summary>Makes the transport; it is the caller's to dispose.</summary>
    /// <exception cref="TransportException"><see cref="TransportError.NotInstalled"/>; the message says what to install.</exception>
    public static ITransport Create() => new Ngtcp2Transport();
}
