using Skytale.Protocol.Transport;
using Skytale.Quic;
using Skytale.Tcp;
using Skytale.Transport;

namespace Skytale.Sdk;

/// <summary>What an agent's connection may go over.</summary>
public enum TransportChoice
{
    /// <summary>QUIC; TLS on TCP where QUIC does not get through within two seconds or is not installed.</summary>
    Auto,

    /// <summary>QUIC and nothing else.</summary>
    Quic,

    /// <summary>TLS on TCP and nothing else.</summary>
    Tls,
}

/// <summary>The transport of a choice.</summary>
internal static class TransportChoices
{
    /// <summary>The choice of a word; of none: <see cref="TransportChoice.Auto"/>.</summary>
    /// <exception cref="SkytaleException">The word is no transport's.</exception>
    internal static TransportChoice Parse(string? word) => word switch
    {
        null or "auto" => TransportChoice.Auto,
        "quic" => TransportChoice.Quic,
        "tls" => TransportChoice.Tls,
        _ => throw new SkytaleException(SkytaleError.InvalidArgument, $"'{word}' is no transport.", "There are auto, quic and tls."),
    };

    /// <exception cref="TransportException"><see cref="TransportError.NotInstalled"/>: QUIC alone was asked for.</exception>
    internal static ITransport Create(this TransportChoice choice, QuicImplementation quic) => choice switch
    {
        TransportChoice.Auto => new QuicOrTlsTransport(() => QuicTransport.Create(quic), new TlsTransport()),
        TransportChoice.Quic => QuicTransport.Create(quic),
        TransportChoice.Tls => new TlsTransport(),
        _ => throw new ArgumentOutOfRangeException(nameof(choice)),
    };
}
