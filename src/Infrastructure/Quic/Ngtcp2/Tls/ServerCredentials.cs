using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2.Native;

namespace Skytale.Quic.Ngtcp2.Tls;

/// <summary>
/// The certificate, its chain and its key that a listener shows, in GnuTLS' memory. GnuTLS' sessions keep a pointer to it,
/// so that it lives until its maker and the last session have released it, which may be on different threads.
/// </summary>
internal sealed unsafe class ServerCredentials
{
    private readonly byte[] _resetKey;
    private void* _handle;
    private int _holders = 1; // Whoever made it.

    /// <param name="certificate">The end entity's, with its private key.</param>
    /// <param name="intermediates">What is sent after it (RFC 8446 § 4.4.2): each the issuer of the one before.</param>
    /// <exception cref="TransportException"><see cref="TransportError.CannotListen"/>: no usable private key or chain.</exception>
    internal ServerCredentials(X509Certificate2 certificate, X509Certificate2Collection? intermediates)
    {
        CertificateHash = SHA256.HashData(certificate.RawDataMemory.Span);
        var certificatePem = Encoding.ASCII.GetBytes(string.Join('\n', [certificate.ExportCertificatePem(), .. (intermediates ?? []).Select(i => i.ExportCertificatePem())]));
        var keyPem = KeyPem(certificate);
        _resetKey = HKDF.Extract(HashAlgorithmName.SHA256, keyPem);
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
            Release();
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

    /// <summary>
    /// What a listener's stateless reset tokens are made of (RFC 9000 § 10.3.2): the same again when it has started anew, so
    /// that it can tell the clients of its former life; of another machine or address another (§ 21.11). 32 bytes.
    /// </summary>
    internal byte[] ResetSecret(IPEndPoint local) =>
        HKDF.Expand(HashAlgorithmName.SHA256, _resetKey, 32, Encoding.UTF8.GetBytes($"skytale stateless reset {Environment.MachineName} {local}"));

    /// <summary>One more holder. The caller knows of one that does not release it meanwhile.</summary>
    internal ServerCredentials Hold()
    {
        Interlocked.Increment(ref _holders);
        return this;
    }

    /// <summary>One holder fewer; the last one gives the memory back, the key with it.</summary>
    internal void Release()
    {
        if (Interlocked.Decrement(ref _holders) > 0 || _handle == null)
            return;
        GnuTlsNative.gnutls_certificate_free_credentials(_handle);
        _handle = null;
        CryptographicOperations.ZeroMemory(_resetKey);
    }

    /// <summary>True when the memory was given back.</summary>
    internal bool IsFreed => _handle == null;

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
