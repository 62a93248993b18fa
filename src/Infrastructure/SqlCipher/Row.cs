using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Sdk;

namespace Skytale.SqlCipher;

/// <summary>A row's columns in the agent's own types.</summary>
internal readonly struct Row(SqliteDataReader reader)
{
    public long Number(int column) => reader.GetInt64(column);

    public Sequence Sequence(int column) => new((ulong)reader.GetInt64(column));

    public Epoch Epoch(int column) => new((ulong)reader.GetInt64(column));

    public Opaque Opaque(int column) => new(reader.GetFieldValue<byte[]>(column));

    public ChannelId ChannelId(int column) => new(reader.GetFieldValue<byte[]>(column));

    public ChannelName Name(int column) => ChannelName.TryParse(reader.GetString(column), out var name)
        ? name
        : throw new SkytaleException(SkytaleError.StoreCorrupt, "The store holds a channel without a name.", "Restore the store from a copy.");

    /// <summary>A secret; the array that it came in is zeroed.</summary>
    public Secret Secret(int column)
    {
        var bytes = reader.GetFieldValue<byte[]>(column);
        var secret = Mls.Crypto.Secret.Copy(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return secret;
    }
}
