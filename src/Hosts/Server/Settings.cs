using System.Buffers;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace Skytale.Server;

/// <summary>A configuration that the server does not start with. The message names the key and says what it must be.</summary>
public sealed class SettingsException(string key, string rule) : Exception($"{key}: {rule}");

/// <summary>Typed reading of configuration keys; whatever cannot be read names its key.</summary>
internal sealed class Settings(IConfiguration configuration)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public string Text(string key, string fallback) => Optional(key) ?? fallback;

    public string? Optional(string key)
    {
        _known.Add(key);
        return configuration[key] is { Length: > 0 } text ? text : null;
    }

    /// <summary>
    /// Every setting that was not asked for and stands beside one that was: a slip would leave its default in force. What is at the
    /// top alone may be anybody's, the environment's for one.
    /// </summary>
    /// <exception cref="SettingsException">There is one.</exception>
    public void RefuseUnknown()
    {
        foreach (var section in _known.Where(key => key.Contains(':')).Select(key => key[..key.IndexOf(':')]).ToHashSet(StringComparer.OrdinalIgnoreCase))
        {
            foreach (var (key, value) in configuration.GetSection(section).AsEnumerable())
            {
                if (value is not null && !_known.Contains(key))
                    throw new SettingsException(key, $"is no setting. There are {string.Join(", ", _known.Where(known => known.StartsWith(section + ':', StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal))}.");
            }
        }
    }

    public IReadOnlyList<string> List(string key, string fallback) =>
        Text(key, fallback).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    public int Number(string key, int fallback, int min, int max)
    {
        if (Optional(key) is not { } text)
            return fallback;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new SettingsException(key, $"must be a number from {min} to {max}, not '{text}'.");
    }

    public bool Flag(string key, bool fallback)
    {
        if (Optional(key) is not { } text)
            return fallback;
        return bool.TryParse(text, out var flag) ? flag : throw new SettingsException(key, $"must be true or false, not '{text}'.");
    }

    public Uri? HttpsUrl(string key)
    {
        if (Optional(key) is not { } text)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme == Uri.UriSchemeHttps
            ? url
            : throw new SettingsException(key, $"must be a URL that begins with https://, not '{text}'.");
    }

    /// <summary>A certificate's fingerprint: 64 hexadecimal digits.</summary>
    public ReadOnlyMemory<byte>? Sha256(string key)
    {
        if (Optional(key) is not { } text)
            return null;
        var hash = new byte[SHA256.HashSizeInBytes];
        return Convert.FromHexString(text, hash, out var read, out var written) == OperationStatus.Done && written == hash.Length && read == text.Length
            ? hash
            : throw new SettingsException(key, $"must be a SHA-256 in 64 hexadecimal digits, not '{text}'.");
    }

    public IPEndPoint EndPoint(string key, string fallback)
    {
        var text = Text(key, fallback);
        // IPEndPoint.TryParse takes an address without a port too; here the port is said.
        return IPEndPoint.TryParse(text, out var endPoint) && text.EndsWith($":{endPoint.Port}", StringComparison.Ordinal)
            ? endPoint
            : throw new SettingsException(key, $"must be an address and a port, such as 127.0.0.1:7443 or [::1]:0, not '{text}'.");
    }
}
