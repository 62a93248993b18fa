using Skytale.Quic.Ngtcp2.Native;

namespace Skytale.Quic.Ngtcp2;

/// <summary>What a developer may look at: the events of a connection (qlog) and its secrets. Neither is there unless asked for.</summary>
internal sealed unsafe partial class Ngtcp2Connection
{
    private FileStream? _qlog;

    /// <summary>Called by ngtcp2 with pieces of the trace, the last one when it forgets the connection.</summary>
    internal void OnQlog(ReadOnlySpan<byte> piece) => _qlog?.Write(piece);

    /// <summary>A trace that cannot be written costs the trace, not the connection.</summary>
    internal void EndQlog()
    {
        _qlog?.Dispose();
        _qlog = null;
    }

    /// <summary>Called by GnuTLS with each secret of the handshake.</summary>
    internal void OnSecret(void* session, string label, ReadOnlySpan<byte> secret)
    {
        GnuTlsDatum client, server;
        GnuTlsNative.gnutls_session_get_random(session, &client, &server);
        _endpoint.Settings.KeyLog!.Write(label, new ReadOnlySpan<byte>(client.Data, (int)client.Size), secret);
    }

    /// <summary>Starts a trace, named by the client's first choice of a connection id and the side that it is seen from.</summary>
    private void BeginQlog(Ngtcp2Settings* settings, Ngtcp2Cid* originalCid)
    {
        if (_endpoint.Settings.QlogDirectory is not { } directory)
            return;
        var name = Convert.ToHexStringLower(new ReadOnlySpan<byte>(originalCid->Data, (int)originalCid->DataLength));
        try
        {
            _qlog = new FileStream(Path.Combine(directory, $"{name}_{(IsServer ? "server" : "client")}.sqlog"), FileMode.Create, FileAccess.Write, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return; // As in EndQlog: the directory was there at the start, and the disk is full now or it was taken away.
        }
        settings->QlogWrite = ConnectionCallbacks.QlogWriter;
    }
}
