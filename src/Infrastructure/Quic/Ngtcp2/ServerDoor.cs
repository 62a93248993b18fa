using System.Net;
using System.Security.Cryptography;
using System.Threading.Channels;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2.Tls;
using Skytale.Transport;

namespace Skytale.Quic.Ngtcp2;

/// <summary>
/// What all loops of one listener share: its certificate, its secret, the count of handshakes under way and the connections
/// that wait to be accepted. The last loop to leave closes it. Any thread.
/// </summary>
internal sealed class ServerDoor(ServerCredentials credentials, TransportLimits connectionLimits, int handshakesPerAddress) : IDisposable
{
    internal const int SecretLength = 32;

    private readonly Lock _gate = new();
    private readonly Channel<Ngtcp2Connection> _accepted = Channel.CreateUnbounded<Ngtcp2Connection>();
    private ServerCredentials? _credentials = credentials; // Null from the end on.
    private int _loops;
    private int _halfOpen;
    private int _retries;

    /// <summary>What the bound address's stateless reset tokens are made of; the same for all loops.</summary>
    internal byte[] ResetSecret(IPEndPoint local) => _credentials!.ResetSecret(local);

    internal TransportLimits ConnectionLimits { get; } = connectionLimits;

    /// <summary>The key of Retry tokens: whichever loop a packet reaches knows it.</summary>
    internal byte[] Secret { get; } = RandomNumberGenerator.GetBytes(SecretLength);

    /// <summary>Connections whose handshake is complete.</summary>
    internal ChannelReader<Ngtcp2Connection> Accepted => _accepted.Reader;

    /// <summary>Handshakes under way.</summary>
    internal int HalfOpen => Volatile.Read(ref _halfOpen);

    /// <summary>Handshakes under way by address.</summary>
    internal AddressShares Shares { get; } = new(handshakesPerAddress);

    /// <summary>Retry packets sent.</summary>
    internal int RetriesSent => Volatile.Read(ref _retries);

    /// <summary>What new handshakes are shown; null when the listener has ended.</summary>
    internal ServerCredentials? Credentials
    {
        get
        {
            lock (_gate)
                return _credentials;
        }
    }

    /// <summary>Closes the door: nobody else is let in, and whoever waits for a connection is told.</summary>
    public void Dispose()
    {
        _accepted.Writer.TryComplete();
        lock (_gate)
        {
            _credentials?.Release();
            _credentials = null;
        }
        CryptographicOperations.ZeroMemory(Secret);
    }

    internal void Enter() => Interlocked.Increment(ref _loops);

    internal void Leave()
    {
        if (Interlocked.Decrement(ref _loops) == 0)
            Dispose();
    }

    /// <summary>The credentials for one handshake, which the caller releases; null when the listener has ended.</summary>
    internal ServerCredentials? HoldCredentials()
    {
        lock (_gate)
            return _credentials?.Hold();
    }

    /// <summary>Handshakes that begin from here on are shown these; whoever was let in before keeps the others.</summary>
    /// <exception cref="TransportException"><see cref="TransportError.Closed"/>: the listener has ended; the credentials stay the caller's.</exception>
    internal void Replace(ServerCredentials credentials)
    {
        lock (_gate)
        {
            if (_credentials is null)
                throw new TransportException(TransportError.Closed, "The listener was disposed.");
            _credentials.Release();
            _credentials = credentials;
        }
    }

    internal void Offer(Ngtcp2Connection connection) => _accepted.Writer.TryWrite(connection);

    internal void AddHalfOpen(int n) => Interlocked.Add(ref _halfOpen, n);

    internal void CountRetry() => Interlocked.Increment(ref _retries);
}
