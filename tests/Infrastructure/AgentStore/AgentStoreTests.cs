using System.Security.Cryptography;
using Skytale.Agent.Storage;
using Skytale.Conformance.AgentStore;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Sdk;
using Skytale.SqlCipher;

namespace Skytale.Tests.AgentStore;

public sealed class InMemoryAgentStoreConformance : AgentStoreConformance
{
    private readonly InMemoryAgentStore _only = new();

    protected override IAgentStore OpenStore() => _only;

    protected override void CloseStore(IAgentStore store) => store.ShouldBe(_only);
}

public sealed class SqlCipherAgentStoreConformance : AgentStoreConformance
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("skytale-store-");
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    protected override IAgentStore OpenStore() => SqlCipherAgentStore.Open(Path.Combine(_folder.FullName, "store.db"), _key);

    protected override void CloseStore(IAgentStore store) => store.Dispose();

    protected override void Cleanup() => _folder.Delete(recursive: true);
}

public sealed class SqlCipherAgentStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("skytale-store-");
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    private string StorePath => Path.Combine(_folder.FullName, "store.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_second_user_of_the_store_is_told_who_holds_it()
    {
        using var first = SqlCipherAgentStore.Open(StorePath, _key);
        var refused = Should.Throw<SkytaleException>(() => SqlCipherAgentStore.Open(StorePath, _key));
        refused.Error.ShouldBe(SkytaleError.StoreInUse);
        refused.Message.ShouldContain($"pid {Environment.ProcessId}");
    }

    [Fact]
    public void A_wrong_key_opens_nothing_and_harms_nothing()
    {
        using (var store = SqlCipherAgentStore.Open(StorePath, _key))
            store.Write(transaction => transaction.PutIdentitySeed(Mls.Crypto.Secret.Copy(new byte[32])));
        Should.Throw<SkytaleException>(() => SqlCipherAgentStore.Open(StorePath, RandomNumberGenerator.GetBytes(32))).Error.ShouldBe(SkytaleError.StoreKeyWrong);
        using var again = SqlCipherAgentStore.Open(StorePath, _key);
        again.ReadIdentitySeed().ShouldNotBeNull().Length.ShouldBe(32);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_said_in_the_houses_own_exception() =>
        Should.Throw<SkytaleException>(() => SqlCipherAgentStore.Open(Path.Combine(_folder.FullName, "nowhere", "store.db"), _key)).Error.ShouldBe(SkytaleError.StoreMissing);

    [Fact]
    public void A_store_from_before_there_were_invitations_is_brought_up_and_keeps_what_it_holds()
    {
        var id = new ChannelId(new byte[ChannelId.Size]);
        using (var store = SqlCipherAgentStore.Open(StorePath, _key))
        {
            store.Write(transaction =>
            {
                transaction.PutIdentitySeed(Mls.Crypto.Secret.Copy(new byte[32]));
                transaction.AddChannel(id, ChannelName.TryParse("acme/team/general", out var name) ? name : default, new Sequence(1));
                transaction.PutEpoch(id, new Epoch(1), Mls.Crypto.Secret.Copy(new byte[1]), Mls.Crypto.Secret.Copy(new byte[1]));
            });
            store.WriteProgress(id, new Sequence(7), new Sequence(8));
        }
        using (var connection = Skytale.Sqlite.SqliteDatabase.OpenEncrypted(StorePath, _key))
        {
            using var command = connection.CreateCommand();
            command.CommandText = """
                CREATE TABLE former (channel_id BLOB PRIMARY KEY REFERENCES channels (channel_id) ON DELETE CASCADE, acknowledged INTEGER NOT NULL, shown INTEGER NOT NULL) STRICT, WITHOUT ROWID;
                INSERT INTO former SELECT channel_id, acknowledged, shown FROM progress;
                DROP TABLE progress; ALTER TABLE former RENAME TO progress;
                DROP TABLE joins; DROP TABLE invitations; DROP TABLE own_keys; ALTER TABLE channels DROP COLUMN leaving; PRAGMA user_version = 2
                """;
            command.ExecuteNonQuery();
        }
        using var again = SqlCipherAgentStore.Open(StorePath, _key);
        again.ReadIdentitySeed().ShouldNotBeNull().Length.ShouldBe(32);
        again.ReadJoins().ShouldBeEmpty();
        again.WriteProgress(id, new Sequence(6), new Sequence(9));
        again.ReadChannels().Select(channel => (channel.Acknowledged, channel.Shown)).ShouldBe([(new Sequence(7), new Sequence(9))]);
    }

    [Fact]
    public void The_file_is_not_a_plain_database_and_does_not_contain_the_seed()
    {
        var seed = RandomNumberGenerator.GetBytes(32);
        using (var store = SqlCipherAgentStore.Open(StorePath, _key))
            store.Write(transaction => transaction.PutIdentitySeed(Mls.Crypto.Secret.Copy(seed)));
        foreach (var file in _folder.GetFiles())
        {
            var bytes = File.ReadAllBytes(file.FullName);
            bytes.AsSpan().IndexOf(seed).ShouldBe(-1, file.Name);
            bytes.AsSpan().IndexOf("SQLite format 3"u8).ShouldBe(-1, file.Name);
        }
    }
}
