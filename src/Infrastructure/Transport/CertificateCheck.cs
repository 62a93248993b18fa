using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Skytale.Protocol.Transport;

namespace Skytale.Transport;

/// <summary>Whether a server's certificate is the one that a client means: pinned, or chained to a root and of the right name.</summary>
internal static class CertificateCheck
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1"; // RFC 5280 § 4.2.1.12, id-kp-serverAuth

    /// <summary>Why the certificates (end entity first, DER) are refused; null when they are accepted.</summary>
    internal static string? Refusal(IReadOnlyList<byte[]> certificates, TransportConnectOptions options)
    {
        if (certificates.Count == 0)
            return "The server showed no certificate.";
        if (options.PinnedCertificateHash is { } pin)
        {
            return CryptographicOperations.FixedTimeEquals(SHA256.HashData(certificates[0]), pin.Span)
                ? null
                : "The server's certificate is not the pinned one.";
        }

        using var held = new CertificateList();
        try
        {
            foreach (var der in certificates)
                held.Items.Add(X509CertificateLoader.LoadCertificate(der));
            return ChainRefusal(held.Items, options);
        }
        catch (CryptographicException e)
        {
            return $"The server's certificate cannot be read: {e.Message}"; // Whoever sent it chose its bytes.
        }
    }

    private static string? ChainRefusal(X509Certificate2Collection certificates, TransportConnectOptions options)
    {
        var endEntity = certificates[0];
        using var chain = new X509Chain();
        // No look-ups on the network from here: the check runs on the event loop.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));
        chain.ChainPolicy.ExtraStore.AddRange(certificates);
        if (options.TrustedRoots is { } roots)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        }

        var valid = chain.Build(endEntity);
        var reasons = string.Join(' ', chain.ChainStatus.Select(s => s.StatusInformation.Trim()));
        foreach (var element in chain.ChainElements)
            element.Certificate.Dispose();
        if (!valid)
            return $"The server's certificate is not trusted: {reasons}";
        return endEntity.MatchesHostname(options.ServerName) ? null : $"The server's certificate does not name {options.ServerName}.";
    }

    private sealed class CertificateList : IDisposable
    {
        internal X509Certificate2Collection Items { get; } = [];

        public void Dispose()
        {
            foreach (var certificate in Items)
                certificate.Dispose();
        }
    }
}
