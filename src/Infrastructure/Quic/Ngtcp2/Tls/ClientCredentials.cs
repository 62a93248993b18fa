using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2.Native;
using Skytale.Transport;

namespace Skytale.Quic.Ngtcp2.Tls;

/// <summary>A client's side of TLS: no certificate of its own, and no roots either, for the check is <see cref="CertificateCheck"/>'s.</summary>
internal sealed unsafe class ClientCredentials : IDisposable
{
    private void* _handle;

    internal ClientCredentials()
    {
        void* handle;
        GnuTlsNative.Check(GnuTlsNative.gnutls_certificate_allocate_credentials(&handle), "gnutls_certificate_allocate_credentials", TransportError.ProtocolRefused);
        _handle = handle;
    }

    internal void* Handle => _handle;

    public void Dispose()
    {
        if (_handle != null)
            GnuTlsNative.gnutls_certificate_free_credentials(_handle);
        _handle = null;
    }
}
