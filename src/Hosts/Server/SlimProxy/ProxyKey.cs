using System.Text;
using NSec.Cryptography;
using Skytale.Groups;
using Skytale.Protocol;
using Skytale.Security;

namespace Skytale.Server.SlimProxy;

/// <summary>The Ed25519 key by which a relay knows its proxy, in a PEM file (RFC 8410) that its owner alone may read.</summary>
internal sealed class ProxyKey : IDisposable
{
    private static readonly SignatureAlgorithm s_ed25519 = SignatureAlgorithm.Ed25519;
    private readonly Key _key;

    private ProxyKey(Key key)
    {
        _key = key;
        Id = AgentId.FromPublicKey(key.PublicKey.Export(KeyBlobFormat.RawPublicKey));
    }

    /// <summary>The key's public half, as the relay's configuration names it.</summary>
    public AgentId Id { get; }

    /// <summary>The file's key; a new one where there is no file.</summary>
    /// <exception cref="SettingsException">The file is there and holds no such key.</exception>
    public static ProxyKey LoadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            using var made = Key.Create(s_ed25519, new KeyCreationParameters { ExportPolicy = KeyExportPolicies.AllowPlaintextExport });
            PrivateFile.CreateFolder(Path.GetDirectoryName(path)!);
            PrivateFile.TryCreate(path, made.Export(KeyBlobFormat.PkixPrivateKeyText));
        }
        return Key.TryImport(s_ed25519, Encoding.ASCII.GetBytes(File.ReadAllText(path)), KeyBlobFormat.PkixPrivateKeyText, out var key) && key is not null
            ? new ProxyKey(key)
            : throw new SettingsException("SlimProxy:KeyFile", $"{path} holds no Ed25519 key in PEM.");
    }

    /// <summary>Proves possession to a relay.</summary>
    public ReadOnlyMemory<byte> SignProof(ReadOnlyMemory<byte> content) => s_ed25519.Sign(_key, LabeledContent.Encode(LabeledContent.RelayProof, content.Span).Span);

    public void Dispose() => _key.Dispose();
}
