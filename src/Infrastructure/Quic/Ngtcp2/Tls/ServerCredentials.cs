using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2.Native;

namespace Skytale.Quic.Ngtcp2.Tls;

/// <summary>The certificate and key that a listener shows, in GnuTLS' memory.</summary>
internal sealed unsafe class ServerCredentials : IDisposable
{
    private void* _handle;

    /// <exception cref="TransportException"><see cref="TransportError.CannotListen"/>: no usable private key.</exception>
    internal ServerCredentials(X509Certificate2 certificate)
    {
        CertificateHash = SHA256.HashData(certificate.RawDataMemory.Span);
        var certificatePem = Encoding.ASCII.GetBytes(certificate.ExportCertificatePem());
        var keyPem = KeyPem(certificate);
        try
        {
            void* handle;
            GnuTlsNative.Check(GnuTlsNative.gnutls_certificate_allocate_credentials(&handle), "gnutls_certificate_allocate_credentials", TransportError.CannotListen);
            _handle = handle;
            fixed (byte* c = certificatePem, k = keyPem)
            {
                var certificateDatum = new GnuTlsDatum { Data = c, Size = (uint)certificatePem.Length };
                var keyDatum = new GnuTlsDatum { Data = k, Size = (uint)keyPem.Length };
                GnuTlsNative.Check(GnuTlsNative.gnutls_certificate_set_x509_key_mem(handle, &certificateDatum, &keyDatum, GnuTlsNative.FormatPem),
                    "gnutls_certificate_set_x509_key_mem", TransportError.CannotListen);
            }
        }
        catch
        {
            Dispose();
            throw;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(keyPem);
        }
    }

    internal void* Handle => _handle;

    /// <summary>SHA-256 of the certificate's DER.</summary>
    internal ReadOnlyMemory<byte> CertificateHash { get; }

    public void Dispose()
    {
        if (_handle != null)
            GnuTlsNative.gnutls_certificate_free_credentials(_handle);
        _handle = null;
    }

    private static byte[] KeyPem(X509Certificate2 certificate)
    {
        using var ecdsa = certificate.GetECDsaPrivateKey();
        using var rsa = ecdsa is null ? certificate.GetRSAPrivateKey() : null;
        var key = (AsymmetricAlgorithm?)ecdsa ?? rsa
            ?? throw new TransportException(TransportError.CannotListen, "The certificate has no ECDSA or RSA private key.");
        byte[]? der = null;
        char[]? pem = null;
        try
        {
            der = key.ExportPkcs8PrivateKey();
            pem = PemEncoding.Write("PRIVATE KEY", der);
            return Encoding.ASCII.GetBytes(pem);
        }
        catch (CryptographicException e)
        {
            throw new TransportException(TransportError.CannotListen, "The certificate's private key cannot be exported.", inner: e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(der);
            Array.Clear(pem ?? []);
        }
    }
}
