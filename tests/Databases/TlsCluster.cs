using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Skytale.Tests;

namespace Skytale.Databases.Tests;

/// <summary>A PostgreSQL that takes TLS alone on loopback, with a certificate for localhost from an authority of its own.</summary>
public sealed class TlsCluster : IAsyncLifetime
{
    /// <summary>Whoever comes over TCP comes over TLS; the socket is the test's own.</summary>
    private const string TlsAlone = "local all all trust\nhostssl all all 127.0.0.1/32 trust\n";

    private readonly TemporaryFolder _folder = new();
    private PostgresCluster? _cluster;

    public PostgresCluster Cluster => _cluster!;

    /// <summary>The authority's certificate, and that of another of the same name.</summary>
    public string Authority => _folder.File("ca.pem");

    public string AnotherAuthority => _folder.File("other-ca.pem");

    public async ValueTask InitializeAsync()
    {
        if (PostgresCluster.Missing is not null)
            return;
        using var authority = NewAuthority();
        using var another = NewAuthority();
        await File.WriteAllTextAsync(Authority, authority.ExportCertificatePem());
        await File.WriteAllTextAsync(AnotherAuthority, another.ExportCertificatePem());
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = NewServer(authority, key);

        _cluster = await PostgresCluster.CreateAsync(onLoopback: true);
        await _cluster.WriteAsync("server.crt", certificate.ExportCertificatePem());
        await _cluster.WriteAsync("server.key", key.ExportPkcs8PrivateKeyPem());
        await _cluster.WriteAsync("pg_hba.conf", TlsAlone);
        await _cluster.StartAsync("-c fsync=off -c ssl=on");
    }

    /// <summary>A new database of it, over TCP.</summary>
    public async Task<string> CreateDatabaseAsync(string host = "localhost")
    {
        Assert.SkipWhen(PostgresCluster.Missing is not null, PostgresCluster.Missing ?? "");
        var socket = new Npgsql.NpgsqlConnectionStringBuilder(await Cluster.CreateDatabaseAsync());
        return $"Host={host};Port={Cluster.Port};Username=skytale;Database={socket.Database};Maximum Pool Size=10";
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is not null)
            await _cluster.DisposeAsync();
        _folder.Dispose();
    }

    private static X509Certificate2 NewAuthority()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Skytale test authority", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
    }

    private static X509Certificate2 NewServer(X509Certificate2 authority, ECDsa key)
    {
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(authority, true, false));
        return request.Create(authority, DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(7), RandomNumberGenerator.GetBytes(8));
    }
}
