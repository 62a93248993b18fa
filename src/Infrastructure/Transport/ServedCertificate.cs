using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Skytale.Protocol.Transport;

namespace Skytale.Transport;

/// <summary>A certificate, its chain and its key as a listener shows them.</summary>
internal sealed class ServedCertificate
{
    private ServedCertificate(SslStreamCertificateContext context, ReadOnlyMemory<byte> hash)
    {
        Context = context;
        Hash = hash;
    }

    internal SslStreamCertificateContext Context { get; }

    /// <summary>SHA-256 of the certificate's DER.</summary>
    internal ReadOnlyMemory<byte> Hash { get; }

    /// <param name="certificate">The end entity's, with its private key, which can be exported. Copied: the caller may dispose it.</param>
    /// <param name="intermediates">What is sent after it (RFC 8446 § 4.4.2): each the issuer of the one before.</param>
    /// <exception cref="TransportException"><see cref="TransportError.CannotListen"/>: no usable private key or chain.</exception>
    internal static ServedCertificate Create(X509Certificate2 certificate, X509Certificate2Collection? intermediates)
    {
        if (!certificate.HasPrivateKey)
            throw new TransportException(TransportError.CannotListen, "The certificate has no private key.");
        byte[]? pkcs12 = null;
        try
        {
            // By way of PKCS #12, because MsQuic takes it so from OpenSSL, and Windows' TLS does not use a key that lives in memory alone.
            pkcs12 = certificate.Export(X509ContentType.Pkcs12);
            var copy = X509CertificateLoader.LoadPkcs12(pkcs12, password: null, X509KeyStorageFlags.Exportable);
            X509Certificate2Collection? chain = intermediates is null ? null : [.. intermediates.Select(i => X509CertificateLoader.LoadCertificate(i.RawData))];
            return new ServedCertificate(SslStreamCertificateContext.Create(copy, chain, offline: true), SHA256.HashData(certificate.RawDataMemory.Span));
        }
        catch (CryptographicException e)
        {
            throw new TransportException(TransportError.CannotListen, $"The certificate cannot be used: {e.Message}", inner: e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(pkcs12);
        }
    }
}
