using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Skytale.Conformance;

/// <summary>Certificates for tests: made once a process, good for localhost and the loopback addresses.</summary>
public static class TestCertificates
{
    /// <summary>A self-signed server certificate with its key.</summary>
    public static X509Certificate2 Localhost { get; } = SelfSigned("localhost", ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Another one.</summary>
    public static X509Certificate2 Other { get; } = SelfSigned("localhost", ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>SHA-256 of <see cref="Localhost"/>'s DER.</summary>
    public static ReadOnlyMemory<byte> LocalhostHash { get; } = SHA256.HashData(Localhost.RawData);

    /// <summary>The same shape with an RSA key.</summary>
    public static X509Certificate2 Rsa { get; } = WithRsaKey();

    private static X509Certificate2 SelfSigned(string name, ECDsa key)
    {
        using (key)
            return Extended(new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256), name);
    }

    private static X509Certificate2 WithRsaKey()
    {
        using var key = RSA.Create(2048);
        return Extended(new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), "localhost");
    }

    private static X509Certificate2 Extended(CertificateRequest request, string name)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(30));
    }
}
