using System.Text.Json.Serialization;
using Skytale.Sdk.Api;

namespace Skytale.Sdk.State;

/// <summary>An API server and the certificate to trust; read from the server's <c>local.json</c>, or given by hand.</summary>
/// <param name="CertificateSha256">64 hexadecimal digits; null: the system's trust decides.</param>
internal sealed record ServerLocation(string ApiUrl, string? CertificateSha256 = null)
{
    public SkytaleApiClient Connect() => new(Url, Trusted);

    /// <summary>The fingerprint as bytes.</summary>
    /// <exception cref="SkytaleException">It is none.</exception>
    [JsonIgnore]
    public ReadOnlyMemory<byte>? Trusted => CertificateSha256 is null ? default(ReadOnlyMemory<byte>?) : Pin(CertificateSha256);

    /// <exception cref="SkytaleException">It is no https address.</exception>
    [JsonIgnore]
    public Uri Url => Uri.TryCreate(ApiUrl, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps
        ? url
        : throw new SkytaleException(SkytaleError.InvalidArgument, $"'{ApiUrl}' is no https address.", "Give one such as https://localhost:7443.");

    private static ReadOnlyMemory<byte> Pin(string hex) =>
        hex.Length == 64 && hex.All(char.IsAsciiHexDigit)
            ? Convert.FromHexString(hex)
            : throw new SkytaleException(SkytaleError.InvalidArgument, "A certificate's fingerprint is a SHA-256: 64 hexadecimal digits.", "Copy the one that skytale-server printed.");
}
