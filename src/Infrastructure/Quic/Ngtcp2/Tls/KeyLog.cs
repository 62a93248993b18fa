using System.Text;

namespace Skytale.Quic.Ngtcp2.Tls;

/// <summary>
/// The secrets of all handshakes as lines that network analysers read (SSLKEYLOGFILE; draft-ietf-tls-keylogfile). Whoever
/// has the file can read the connections: it is made for its owner only, and there is none unless it was asked for.
/// </summary>
internal sealed class KeyLog
{
    private readonly Lock _gate = new();
    private readonly FileStreamOptions _options = new() { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite };
    private readonly string _path;

    internal KeyLog(string path)
    {
        _path = path;
        if (!OperatingSystem.IsWindows())
            _options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    }

    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void Write(string label, ReadOnlySpan<byte> clientRandom, ReadOnlySpan<byte> secret)
    {
        var line = Encoding.ASCII.GetBytes($"{label} {Convert.ToHexStringLower(clientRandom)} {Convert.ToHexStringLower(secret)}\n");
        lock (_gate)
        {
            using var file = new FileStream(_path, _options);
            file.Write(line);
        }
    }
}
