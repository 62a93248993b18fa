using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Skytale.Security;

/// <summary>
/// The server's end-entity certificate with its key: the operator's own, or a self-signed one that clients trust by its
/// fingerprint.
/// </summary>
public sealed class ServerCertificate : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(398);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);
    private static readonly string[] LocalNames = ["localhost", "127.0.0.1", "::1"];

    private ServerCertificate(X509Certificate2 certificate) => Certificate = certificate;

    public X509Certificate2 Certificate { get; }

    /// <summary>SHA-256 of the certificate (DER), 64 lower-case hex digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Certificate.RawData));

    /// <summary>Reads the operator's certificate: PKCS#12 (.pfx, .p12), or PEM with the key in the same or another file.</summary>
    /// <exception cref="CryptographicException">Not readable, or without a private key.</exception>
    public static ServerCertificate Load(string path, string? keyPath, string? password)
    {
        var certificate = Path.GetExtension(path).ToLowerInvariant() is ".pfx" or ".p12"
            ? X509CertificateLoader.LoadPkcs12FromFile(path, password)
            : password is null
                ? X509Certificate2.CreateFromPemFile(path, keyPath)
                : X509Certificate2.CreateFromEncryptedPemFile(path, password, keyPath);
        return certificate.HasPrivateKey ? new ServerCertificate(certificate) : throw new CryptographicException($"{path} has no private key.");
    }

    /// <summary>
    /// The generated certificate of a data folder: the one that is there while it is valid for 30 days more and carries
    /// every name, otherwise a new one (ECDSA P-256, certificate and key in one PEM file of mode 0600).
    /// </summary>
    /// <param name="path">The PEM file.</param>
    /// <param name="names">Host names and addresses beside localhost, 127.0.0.1 and ::1.</param>
    public static ServerCertificate LoadOrCreate(string path, IEnumerable<string> names, TimeProvider time)
    {
        var allNames = LocalNames.Union(names, StringComparer.OrdinalIgnoreCase).ToArray();
        var now = time.GetUtcNow();
        var renew = File.Exists(path);
        if (renew)
        {
            var there = X509Certificate2.CreateFromPemFile(path);
            if (there.NotBefore.ToUniversalTime() <= now.UtcDateTime && there.NotAfter.ToUniversalTime() > (now + RenewBefore).UtcDateTime && allNames.All(name => there.MatchesHostname(name)))
                return new ServerCertificate(there);
            there.Dispose();
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = SelfSigned(key, allNames, now);
        var pem = Encoding.ASCII.GetBytes($"{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n");
        // Of servers that start together on one folder the first one's certificate is everybody's.
        if (renew)
            PrivateFile.Replace(path, pem);
        else
            PrivateFile.TryCreate(path, pem);
        return new ServerCertificate(X509Certificate2.CreateFromPemFile(path));
    }

    public void Dispose() => Certificate.Dispose();

    private static X509Certificate2 SelfSigned(ECDsa key, string[] names, DateTimeOffset now)
    {
        var subjectNames = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
                subjectNames.AddIpAddress(address);
            else
                subjectNames.AddDnsName(name);
        }
        var request = new CertificateRequest("CN=Skytale server", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(subjectNames.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1", "serverAuth")], critical: false));
        // An hour back, for clients whose clock is behind.
        return request.CreateSelfSigned(now - TimeSpan.FromHours(1), now + Lifetime);
    }
}
