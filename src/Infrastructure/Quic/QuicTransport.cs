using Skytale.MsQuic;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Quic;

/// <summary>The QUIC of a process: the one place where programs and the SDK get it from.</summary>
public static class QuicTransport
{
    /// <summary>In the order in which they are tried.</summary>
    private static (QuicImplementation Name, Func<ITransport> Make)[] Implementations(int loops) =>
    [
        (QuicImplementation.Ngtcp2, () => new Ngtcp2Transport(loops)),
        (QuicImplementation.MsQuic, () => new MsQuicTransport()),
    ];

    /// <summary>Makes the first that is installed; it is the caller's to dispose.</summary>
    /// <exception cref="TransportException"><see cref="TransportError.NotInstalled"/>: none is; the message says what to install.</exception>
    public static ITransport Create() => Create(QuicImplementation.Auto);

    /// <summary>Makes the transport; it is the caller's to dispose.</summary>
    /// <param name="choice">Which one. One that is named is not replaced by another.</param>
    /// <param name="loops">Threads a listener, which share its port; ngtcp2's alone, MsQuic decides by itself.</param>
    /// <exception cref="TransportException"><see cref="TransportError.NotInstalled"/>; the message says what to install.</exception>
    public static ITransport Create(QuicImplementation choice, int loops = 1) => Create(choice, Implementations(loops));

    internal static ITransport Create(QuicImplementation choice, IReadOnlyList<(QuicImplementation Name, Func<ITransport> Make)> implementations)
    {
        if (choice != QuicImplementation.Auto)
            return implementations.Single(one => one.Name == choice).Make();
        var missing = new List<string>();
        foreach (var (name, make) in implementations)
        {
            try
            {
                return make();
            }
            catch (TransportException e) when (e.Error == TransportError.NotInstalled)
            {
                missing.Add($"{name}: {e.Message}");
            }
        }
        throw new TransportException(TransportError.NotInstalled, $"No QUIC is installed. {string.Join(" Or ", missing)}");
    }
}
