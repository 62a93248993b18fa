using System.Net;
using System.Net.Security;
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

    private ServerCertificate(X509Certificate2 certificate, X509Certificate2Collection intermediates)
    {
        Certificate = certificate;
        Intermediates = intermediates;
        TlsContext = SslStreamCertificateContext.Create(certificate, intermediates, offline: true);
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>What is sent after it: each the issuer of the one before, without the root.</summary>
    public X509Certificate2Collection Intermediates { get; }

    /// <summary>Both, as the platform's TLS serves them.</summary>
    public SslStreamCertificateContext TlsContext { get; }

    /// <summary>SHA-256 of the certificate (DER), 64 lower-case hex digits.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Certificate.RawData));

    /// <summary>
    /// Reads the operator's certificate with the chain that stands in the same file: PKCS#12 (.pfx, .p12), or PEM with the key
    /// in the same or another file.
    /// </summary>
    /// <exception cref="CryptographicException">Not readable, or without the private key that belongs to it.</exception>
    public static ServerCertificate Load(string path, string? keyPath, string? password)
    {
        var all = new X509Certificate2Collection();
        X509Certificate2? certificate;
        if (Path.GetExtension(path).ToLowerInvariant() is ".pfx" or ".p12")
        {
            all = X509CertificateLoader.LoadPkcs12CollectionFromFile(path, password, X509KeyStorageFlags.Exportable);
            certificate = all.FirstOrDefault(each => each.HasPrivateKey);
        }
        else
        {
            all.ImportFromPemFile(path);
            certificate = LoadPem(path, keyPath, password);
        }
        return certificate is { HasPrivateKey: true }
            ? new ServerCertificate(certificate, ChainOf(certificate, all))
            : throw new CryptographicException($"{path} has no private key.");
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
                return new ServerCertificate(there, []);
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
        return new ServerCertificate(X509Certificate2.CreateFromPemFile(path), []);
    }

    /// <summary>Why it is not to be shown now: outside of its time; null when nothing is wrong.</summary>
    public string? Refusal(DateTimeOffset now)
    {
        if (now.UtcDateTime < Certificate.NotBefore.ToUniversalTime())
            return $"it is not valid before {Certificate.NotBefore.ToUniversalTime():u}.";
        return now.UtcDateTime > Certificate.NotAfter.ToUniversalTime() ? $"it ran out on {Certificate.NotAfter.ToUniversalTime():u}." : null;
    }

    public void Dispose() => Certificate.Dispose();

    private static X509Certificate2 LoadPem(string path, string? keyPath, string? password)
    {
        try
        {
            return password is null
                ? X509Certificate2.CreateFromPemFile(path, keyPath)
                : X509Certificate2.CreateFromEncryptedPemFile(path, password, keyPath);
        }
        catch (ArgumentException e)
        {
            throw new CryptographicException(e.Message, e); // A key that is not the certificate's.
        }
    }

    /// <summary>The issuers among what the file holds, in their order; a root, which clients have, is left out.</summary>
    private static X509Certificate2Collection ChainOf(X509Certificate2 certificate, X509Certificate2Collection all)
    {
        var chain = new X509Certificate2Collection();
        for (var last = certificate; ; last = chain[^1])
        {
            var issuer = all.FirstOrDefault(each => IsNamed(each, last.IssuerName) && !IsNamed(each, each.IssuerName) && !chain.Contains(each));
            if (issuer is null)
                return chain;
            chain.Add(issuer);
        }
    }

    private static bool IsNamed(X509Certificate2 certificate, X500DistinguishedName name) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(name.RawData);

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
