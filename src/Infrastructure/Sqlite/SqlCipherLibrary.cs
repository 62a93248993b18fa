using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using NativeLibrary = System.Runtime.InteropServices.NativeLibrary;

namespace Skytale.Sqlite;

/// <summary>
/// Loads the system's SQLCipher and makes it the SQLite of this process. The provider that Microsoft.Data.Sqlite calls is
/// one global variable: another library's bundle replaces it, and plain SQLite ignores <c>PRAGMA key</c> without an error.
/// So <see cref="EnsureLoaded"/> runs before every open, not once.
/// </summary>
public static class SqlCipherLibrary
{
    private const string FileName = "libsqlcipher.so.1";
    private static readonly Lock Gate = new();
    private static SQLite3Provider_dynamic_cdecl? _ours;

    /// <summary>Makes SQLCipher the active provider, or throws; never leaves another SQLite in place silently.</summary>
    /// <exception cref="SqliteStoreException">
    /// <see cref="SqliteStoreError.NotInstalled"/>, or <see cref="SqliteStoreError.AnotherSqliteInUse"/>.
    /// </exception>
    public static void EnsureLoaded()
    {
        lock (Gate)
        {
            _ours ??= Load();

            // Its static constructor initialises whatever bundle the application references: let that happen before, not after, ours.
            RuntimeHelpers.RunClassConstructor(typeof(SqliteConnection).TypeHandle);
            if (!ReferenceEquals(Active(null), _ours))
                Replace(_ours);
        }
    }

    private static void Replace(SQLite3Provider_dynamic_cdecl ours)
    {
        // A handle that one SQLite opened must never reach another one's functions. Idle pooled handles are closed by the
        // library that made them; if it still holds memory afterwards, somebody's database is open, and we do not open.
        if (Active(null) is { } other)
        {
            SqliteConnection.ClearAllPools();
            if (other.sqlite3_memory_used() > 0)
                throw new SqliteStoreException(SqliteStoreError.AnotherSqliteInUse,
                    $"This process has open databases of another SQLite library ({other.GetNativeLibraryName()}). "
                    + "Open the Skytale store before them, or close them first: a process has one SQLite.");
        }

        raw.FreezeProvider(false);
        raw.SetProvider(ours);
        // Frozen: a later Batteries.Init() of another library does nothing, so our open handles stay with their library.
        raw.FreezeProvider(true);
        if (!ReferenceEquals(Active(null), ours))
            throw new SqliteStoreException(SqliteStoreError.AnotherSqliteInUse,
                "Another SQLite library keeps SQLCipher from becoming this process's SQLite.");
    }

    /// <summary>The provider that is active now, whoever set it. The package shows it to nobody, and the check is worth the private name.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.StaticField, Name = "_imp")]
    private static extern ref ISQLite3Provider? Active([UnsafeAccessorType("SQLitePCL.raw, SQLitePCLRaw.core")] object? type);

    private static SQLite3Provider_dynamic_cdecl Load()
    {
        if (!NativeLibrary.TryLoad(FileName, out var library))
            throw new SqliteStoreException(SqliteStoreError.NotInstalled,
                $"{FileName} is not installed. Run scripts/install-native, or: apt-get install libsqlcipher1 (on Debian 12 from bookworm-backports).");
        SQLite3Provider_dynamic_cdecl.Setup("sqlcipher", new Exports(library));
        return new SQLite3Provider_dynamic_cdecl();
    }

    private sealed class Exports(nint library) : IGetFunctionPointer
    {
        public nint GetFunctionPointer(string name) => NativeLibrary.TryGetExport(library, name, out var address) ? address : 0;
    }
}
