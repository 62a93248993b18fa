using System.Text.Json;
using Skytale.Security;

namespace Skytale.Server;

/// <summary>
/// <c>local.json</c> in SKYTALE_HOME: where the SDK and CLI of the same machine find the server and which certificate to
/// trust. Replaced at once, readable by its owner alone, gone after a clean stop.
/// </summary>
internal sealed class LocalDescription(string home)
{
    private static readonly JsonSerializerOptions Format = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };
    private readonly string _path = Path.Combine(home, "local.json");
    private byte[]? _written;

    public void Write(Uri? api, string certificateSha256, RelayAddress relay)
    {
        _written = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                ApiUrl = api?.GetLeftPart(UriPartial.Authority),
                CertificateSha256 = certificateSha256,
                Relay = new { relay.Name, relay.Host, relay.Port },
                Pid = Environment.ProcessId,
            },
            Format);
        PrivateFile.CreateFolder(home);
        PrivateFile.Replace(_path, _written);
    }

    /// <summary>Removes what this server wrote; a later server's description stays.</summary>
    public void Remove()
    {
        if (_written is not null && File.Exists(_path) && File.ReadAllBytes(_path).AsSpan().SequenceEqual(_written))
            File.Delete(_path);
    }
}
