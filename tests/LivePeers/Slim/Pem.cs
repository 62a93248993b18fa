using System.Security.Cryptography;

namespace Skytale.LivePeers.Tests.Slim;

/// <summary>Certificates that servers have made for themselves.</summary>
internal static class Pem
{
    /// <summary>The certificate out of a file that holds its private key too.</summary>
    public static string CertificateOf(string path)
    {
        var text = File.ReadAllText(path);
        for (var at = 0; at < text.Length;)
        {
            var found = PemEncoding.Find(text.AsSpan(at));
            if (text.AsSpan(at)[found.Label] is "CERTIFICATE")
                return text.AsSpan(at)[found.Location].ToString();
            at += found.Location.End.GetOffset(text.Length - at);
        }
        throw new InvalidDataException($"{path} holds no certificate.");
    }
}
