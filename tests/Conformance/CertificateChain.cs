using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Skytale.Conformance;

/// <summary>A root, an intermediate authority below it, and below that a certificate for localhost with its key.</summary>
public sealed class CertificateChain : IDisposable
{
    private CertificateChain(X509Certificate2 root, X509Certificate2 intermediate, X509Certificate2 endEntity)
    {
        Root = root;
        Intermediate = intermediate;
        EndEntity = endEntity;
    }

    public X509Certificate2 Root { get; }

    public X509Certificate2 Intermediate { get; }

    public X509Certificate2 EndEntity { get; }

    public static CertificateChain Create(string name)
    {
        using var rootKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var intermediateKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = DateTimeOffset.UtcNow;

        using var root = Authority($"{name} root", rootKey).CreateSelfSigned(now.AddHours(-1), now.AddDays(30));
        using var bareIntermediate = Authority($"{name} intermediate", intermediateKey).Create(root, now.AddHours(-1), now.AddDays(20), [1]);
        using var intermediate = bareIntermediate.CopyWithPrivateKey(intermediateKey);
        using var bare = Localhost(key).Create(intermediate, now.AddHours(-1), now.AddDays(10), [2]);
        return new CertificateChain(
            X509CertificateLoader.LoadCertificate(root.RawData), X509CertificateLoader.LoadCertificate(intermediate.RawData), bare.CopyWithPrivateKey(key));
    }

    /// <summary>The end entity's and the intermediate certificate with the end entity's key, as a server's file holds them.</summary>
    public string Pem() => string.Join('\n', EndEntity.ExportCertificatePem(), Intermediate.ExportCertificatePem(), EndEntity.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());

    public void Dispose()
    {
        Root.Dispose();
        Intermediate.Dispose();
        EndEntity.Dispose();
    }

    private static CertificateRequest Authority(string name, ECDsa key)
    {
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        return request;
    }

    private static CertificateRequest Localhost(ECDsa key)
    {
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        return request;
    }
}
