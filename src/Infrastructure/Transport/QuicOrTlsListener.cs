using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Skytale.Protocol.Transport;

namespace Skytale.Transport;

/// <summary>Two listeners on one port number, whose connections come out of one door in the order in which they came.</summary>
internal sealed class QuicOrTlsListener : ITransportListener
{
    /// <summary>The system picks the UDP port; that TCP's is free too is likely, and a few more picks make it certain.</summary>
    private const int Picks = 20;

    private readonly ITransportListener _quic;
    private readonly ITransportListener _tls;
    // One place: what nobody accepts waits in the listeners, which bound it.
    private readonly Channel<ITransportConnection> _accepted = Channel.CreateBounded<ITransportConnection>(1);
    private readonly CancellationTokenSource _ending = new();
    private readonly Task _taking;

    private QuicOrTlsListener(ITransportListener quic, ITransportListener tls)
    {
        _quic = quic;
        _tls = tls;
        _taking = Task.WhenAll(TakeAsync(quic), TakeAsync(tls));
    }

    public IPEndPoint LocalEndPoint => _quic.LocalEndPoint;

    internal static async Task<ITransportListener> BindAsync(ITransport quic, ITransport tls, TransportListenOptions options, CancellationToken cancellationToken)
    {
        for (var pick = 1; ; pick++)
        {
            var overUdp = await quic.ListenAsync(options, cancellationToken).ConfigureAwait(false);
            try
            {
                var overTcp = await tls.ListenAsync(options with { LocalEndPoint = overUdp.LocalEndPoint }, cancellationToken).ConfigureAwait(false);
                return new QuicOrTlsListener(overUdp, overTcp);
            }
            catch (TransportException e) when (e.Error == TransportError.CannotListen && options.LocalEndPoint.Port == 0 && pick < Picks)
            {
                await overUdp.DisposeAsync().ConfigureAwait(false);
            }
            catch
            {
                await overUdp.DisposeAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>Both or, when this throws, perhaps one of them: whoever has the old certificate gives it again.</summary>
    public void UseCertificate(X509Certificate2 certificate, X509Certificate2Collection? intermediates = null)
    {
        _quic.UseCertificate(certificate, intermediates);
        _tls.UseCertificate(certificate, intermediates);
    }

    public async ValueTask<ITransportConnection> AcceptAsync(CancellationToken cancellationToken = default)
    {
        try
        {
            while (true)
            {
                var connection = await _accepted.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                if (!_ending.IsCancellationRequested && !connection.Closed.IsCompleted)
                    return connection;
                _ = connection.DisposeAsync().AsTask(); // What it has received is nobody's; its end is its listener's to wait for.
            }
        }
        catch (ChannelClosedException)
        {
            throw new TransportException(TransportError.Closed, "The listener was disposed.");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync().ConfigureAwait(false);
        await _taking.ConfigureAwait(false);
        while (_accepted.Reader.TryRead(out var unaccepted))
            await unaccepted.DisposeAsync().ConfigureAwait(false);
        await _quic.DisposeAsync().ConfigureAwait(false);
        await _tls.DisposeAsync().ConfigureAwait(false);
    }

    private async Task TakeAsync(ITransportListener listener)
    {
        try
        {
            while (true)
                await HandOnAsync(await listener.AcceptAsync(_ending.Token).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException or TransportException { Error: TransportError.Closed })
        {
            _accepted.Writer.TryComplete(); // Disposed, by itself or with its transport.
        }
    }

    private async Task HandOnAsync(ITransportConnection connection)
    {
        try
        {
            await _accepted.Writer.WriteAsync(connection, _ending.Token).ConfigureAwait(false);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false); // Nobody is given it any more.
            throw;
        }
    }
}
