using Skytale.Protocol.Transport;
using Skytale.Quic;
using Skytale.Tcp;
using Skytale.Transport;

namespace Skytale.Server.Relay;

/// <summary>The transport of the configuration.</summary>
internal static class RelayTransport
{
    /// <param name="kinds">QUIC, TLS or both, in this order. QUIC that is not installed is a failure here or when the relay listens.</param>
    /// <param name="quic">Whose QUIC.</param>
    /// <param name="loops">Threads that share the port, where QUIC is ngtcp2's.</param>
    /// <exception cref="TransportException"><see cref="TransportError.NotInstalled"/>; the message says what to install, or how to go without.</exception>
    public static ITransport Create(IReadOnlyList<TransportKind> kinds, QuicImplementation quic = QuicImplementation.Auto, int loops = 1) => kinds switch
    {
        [TransportKind.Quic] => CreateQuic(quic, loops),
        [TransportKind.Tls] => new TlsTransport(),
        [TransportKind.Quic, TransportKind.Tls] => new QuicOrTlsTransport(() => CreateQuic(quic, loops), new TlsTransport()),
        _ => throw new ArgumentException("A relay listens over QUIC, TLS or both.", nameof(kinds)),
    };

    private static ITransport CreateQuic(QuicImplementation choice, int loops)
    {
        try
        {
            return QuicTransport.Create(choice, loops);
        }
        catch (TransportException e) when (e.Error == TransportError.NotInstalled)
        {
            throw new TransportException(e.Error, $"{e.Message} To serve agents over TLS on TCP alone, set Relay:Transports=tls.", inner: e);
        }
    }
}
