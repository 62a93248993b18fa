using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Skytale.Protocol.Transport;

namespace Skytale.Transport;

/// <summary>
/// <see cref="CertificateCheck"/> as the platform's TLS asks for it, in SslStream and System.Net.Quic alike. It remembers for
/// one connect what the server showed and why it was refused.
/// </summary>
internal sealed class ServerCheck(TransportConnectOptions options)
{
    /// <summary>Why the server was refused; null while it was not.</summary>
    internal string? Refusal { get; private set; }

    /// <summary>SHA-256 of the end entity's certificate that was accepted.</summary>
    internal ReadOnlyMemory<byte> Hash { get; private set; }

    /// <summary>What the platform does by itself before it asks: nothing on the network.</summary>
    internal static X509ChainPolicy Policy => new() { RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true };

    /// <summary>A RemoteCertificateValidationCallback. The platform's own opinion, the errors, does not count.</summary>
    internal bool Accepts(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        List<byte[]> shown = certificate is null ? [] : [certificate.GetRawCertData()];
        if (certificate is not null && chain is not null)
            shown.AddRange(Intermediates(chain).Select(intermediate => intermediate.RawData));
        Refusal = CertificateCheck.Refusal(shown, options);
        if (Refusal is null)
            Hash = SHA256.HashData(shown[0]);
        return Refusal is null;
    }

    /// <summary>
    /// What the server sent behind its own certificate: in the extra store; with Windows' TLS in no store that is shown here,
    /// but in the chain that was built from it. Neither makes a certificate trusted.
    /// </summary>
    private static IEnumerable<X509Certificate2> Intermediates(X509Chain chain) =>
        chain.ChainPolicy.ExtraStore.Concat(chain.ChainElements.Skip(1).Select(element => element.Certificate));
}
