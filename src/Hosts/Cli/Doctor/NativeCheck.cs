using Skytale.Protocol.Transport;
using Skytale.Quic;
using Skytale.Sqlite;

namespace Skytale.Cli.Doctor;

/// <summary>Libraries of the system that agents need.</summary>
internal static class NativeCheck
{
    public static Finding SqlCipher()
    {
        try
        {
            SqlCipherLibrary.EnsureLoaded();
            return Finding.Good("sqlcipher", $"SQLCipher on SQLite {SQLitePCL.raw.sqlite3_libversion().utf8_to_string()}");
        }
        catch (SqliteStoreException missing)
        {
            return Finding.Bad("sqlcipher", missing.Message, "Without it no agent opens its store.");
        }
    }

    public static async Task<Finding> QuicAsync()
    {
        try
        {
            await using var transport = QuicTransport.Create();
            return Finding.Good("quic", "QUIC is installed");
        }
        catch (TransportException missing) when (missing.Error == TransportError.NotInstalled)
        {
            return Finding.Doubtful("quic", missing.Message, "Agents go over TLS on TCP meanwhile.");
        }
    }
}
