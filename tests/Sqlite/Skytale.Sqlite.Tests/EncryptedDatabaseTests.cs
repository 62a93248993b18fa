using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Skytale.Sqlite;

namespace Skytale.Tests;

public sealed class EncryptedDatabaseTests : IDisposable
{
    private const string Marker = "the-marker-in-clear";
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(SqliteDatabase.KeySize);

    private string Store => _folder.File("store.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_was_written_is_read_again_with_the_key()
    {
        WriteMarker(SqliteDatabase.OpenEncrypted(Store, _key));
        using var again = SqliteDatabase.OpenEncrypted(Store, _key);
        Scalar(again, "SELECT text FROM ours").ShouldBe(Marker);
    }

    [Fact]
    public void The_file_and_its_log_show_neither_the_format_nor_the_content()
    {
        using var open = SqliteDatabase.OpenEncrypted(Store, _key);
        Scalar(open, $"CREATE TABLE ours (text TEXT); INSERT INTO ours VALUES ('{Marker}')");
        ReadShared(Store + "-wal").AsSpan().IndexOf("the-marker"u8).ShouldBe(-1);
        SqliteDatabase.Checkpoint(open).ShouldBeTrue();
        var bytes = ReadShared(Store);
        bytes.Length.ShouldBeGreaterThan(1024);
        bytes.AsSpan(0, 16).SequenceEqual("SQLite format 3\0"u8).ShouldBeFalse();
        bytes.AsSpan().IndexOf("the-marker"u8).ShouldBe(-1);
        new FileInfo(Store + "-wal").Length.ShouldBe(0);
    }

    [Fact]
    public void A_plain_database_does_show_its_content_to_the_same_search()
    {
        using var open = SqliteDatabase.OpenPlain(Store);
        Scalar(open, $"CREATE TABLE ours (text TEXT); INSERT INTO ours VALUES ('{Marker}')");
        SqliteDatabase.Checkpoint(open).ShouldBeTrue();
        ReadShared(Store).AsSpan(0, 16).SequenceEqual("SQLite format 3\0"u8).ShouldBeTrue();
        ReadShared(Store).AsSpan().IndexOf("the-marker"u8).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void A_wrong_key_is_refused_and_the_file_stays_as_it_was()
    {
        WriteMarker(SqliteDatabase.OpenEncrypted(Store, _key));
        var before = File.ReadAllBytes(Store);
        var refused = Should.Throw<SqliteStoreException>(() => SqliteDatabase.OpenEncrypted(Store, RandomNumberGenerator.GetBytes(32)));
        refused.Error.ShouldBe(SqliteStoreError.WrongKey);
        refused.Message.ShouldContain(Store);
        File.ReadAllBytes(Store).ShouldBe(before);
    }

    [Fact]
    public void An_unencrypted_database_is_not_opened_with_a_key()
    {
        WriteMarker(SqliteDatabase.OpenPlain(Store));
        Should.Throw<SqliteStoreException>(() => SqliteDatabase.OpenEncrypted(Store, _key)).Error.ShouldBe(SqliteStoreError.NotEncrypted);
    }

    [Fact]
    public void An_encrypted_database_is_not_opened_without_its_key()
    {
        WriteMarker(SqliteDatabase.OpenEncrypted(Store, _key));
        Should.Throw<SqliteStoreException>(() => SqliteDatabase.OpenPlain(Store)).Error.ShouldBe(SqliteStoreError.Corrupt);
    }

    [Fact]
    public void A_damaged_page_is_told_from_a_wrong_key()
    {
        using (var open = SqliteDatabase.OpenEncrypted(Store, _key))
            Scalar(open, $"CREATE TABLE ours (text TEXT); INSERT INTO ours VALUES ('{Marker}')");
        var bytes = File.ReadAllBytes(Store);
        bytes[4096 + 100] ^= 1;
        File.WriteAllBytes(Store, bytes);
        using var damaged = SqliteDatabase.OpenEncrypted(Store, _key);
        Should.Throw<SqliteException>(() => Scalar(damaged, "SELECT text FROM ours"));
    }

    [Fact]
    public void A_missing_folder_says_that_the_path_cannot_be_opened() =>
        Should.Throw<SqliteStoreException>(() => SqliteDatabase.OpenEncrypted(_folder.File("none/store.db"), _key)).Error.ShouldBe(SqliteStoreError.CannotOpen);

    [Theory]
    [InlineData("cipher_memory_security", 1L)]
    [InlineData("secure_delete", 1L)]
    [InlineData("synchronous", 2L)]
    [InlineData("foreign_keys", 1L)]
    public void Every_connection_runs_with_the_settings(string pragma, long value)
    {
        using var open = SqliteDatabase.OpenEncrypted(Store, _key);
        Convert.ToInt64(Scalar(open, $"PRAGMA {pragma}")).ShouldBe(value);
    }

    [Fact]
    public void A_statement_runs_again_and_keeps_no_value()
    {
        using var open = SqliteDatabase.OpenEncrypted(Store, _key);
        Scalar(open, "CREATE TABLE ours (number INTEGER, text TEXT, bytes BLOB)");
        using var insert = new SqliteStatement(open, "INSERT INTO ours VALUES ($number, $text, $bytes)");
        insert.Bind("$number", 7);
        insert.Bind("$text", "seven");
        insert.Bind("$bytes", [7, 7]);
        insert.Run().ShouldBeNull();
        insert.Run();

        using var count = new SqliteStatement(open, "SELECT count(*) FROM ours WHERE number IS $number AND text IS $text AND bytes IS $bytes");
        count.Run().ShouldBe(1, "the second run had no values");
        count.Bind("$number", 7);
        count.Bind("$text", "seven");
        count.Bind("$bytes", [7, 7]);
        count.Run().ShouldBe(1);
    }

    [Fact]
    public void A_statement_that_fails_says_why_and_runs_again()
    {
        using var open = SqliteDatabase.OpenEncrypted(Store, _key);
        Scalar(open, "CREATE TABLE ours (number INTEGER PRIMARY KEY)");
        using var insert = new SqliteStatement(open, "INSERT INTO ours VALUES ($number)");
        insert.Bind("$number", 7);
        insert.Run();
        insert.Bind("$number", 7);
        Should.Throw<SqliteException>(() => insert.Run()).Message.ShouldContain("UNIQUE");
        Should.Throw<ArgumentException>(() => insert.Bind("$other", 8));
        insert.Bind("$number", 8);
        insert.Run();
        Should.Throw<SqliteException>(() => new SqliteStatement(open, "INSERT INTO theirs VALUES (1)")).Message.ShouldContain("theirs");
    }

    [Fact]
    public void The_file_belongs_to_its_owner_alone()
    {
        WriteMarker(SqliteDatabase.OpenEncrypted(Store, _key));
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Store).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void A_key_of_another_length_is_the_callers_bug() =>
        Should.Throw<ArgumentException>(() => SqliteDatabase.OpenEncrypted(Store, new byte[16]));

    private static void WriteMarker(SqliteConnection connection)
    {
        using (connection)
            Scalar(connection, $"CREATE TABLE ours (text TEXT); INSERT INTO ours VALUES ('{Marker}')");
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this test.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }
}
