using System.Security.Cryptography;
using Skytale.Sdk;
using Skytale.SqlCipher;

namespace Skytale.Tests.Sdk;

/// <summary>A store's key in the kernel's keyring.</summary>
public sealed class KeyringTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly TestKeyring _keyring = new();
    private readonly string _description = $"skytale:test-{Guid.NewGuid():n}";

    private string StorePath => _folder.File("store.db");

    private StoreKey Key => StoreKey.FromKeyring(_description);

    public void Dispose()
    {
        _keyring.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_store_is_made_and_opened_by_the_key_that_was_put_there_and_nothing_is_kept_beside_it()
    {
        SkipWithoutKeyring();
        var key = RandomNumberGenerator.GetBytes(32);
        _keyring.Put(_description, key);
        await SkytaleAgent.CreateStoreAsync(StorePath, Key);
        using (var store = Key.Open(StorePath))
            store.ReadIdentitySeed().ShouldNotBeNull().Dispose();
        using (SqlCipherAgentStore.Open(StorePath, key))
            Directory.GetFiles(_folder.Path).Select(Path.GetFileName).ShouldAllBe(name => name!.StartsWith("store.db", StringComparison.Ordinal));

        _keyring.Put(_description, RandomNumberGenerator.GetBytes(32));
        Should.Throw<SkytaleException>(() => Key.Open(StorePath)).Error.ShouldBe(SkytaleError.StoreKeyWrong);
    }

    [Fact]
    public async Task A_store_gets_its_key_from_the_keyring_instead_of_a_file()
    {
        SkipWithoutKeyring();
        _keyring.Put(_description, RandomNumberGenerator.GetBytes(32));
        await SkytaleAgent.CreateStoreAsync(StorePath, StoreKey.FromFile());
        await SkytaleAgent.RekeyAsync(new SkytaleAgentOptions { StorePath = StorePath, StoreKey = StoreKey.FromFile() }, Key);
        File.Exists(_folder.File("store.key")).ShouldBeFalse();
        Key.Open(StorePath).Dispose();
    }

    [Fact]
    public async Task A_key_that_is_not_there_is_not_made_and_what_puts_it_there_is_said()
    {
        SkipWithoutKeyring();
        for (var tries = 0; tries < 2; tries++)
        {
            var missing = await Should.ThrowAsync<SkytaleException>(SkytaleAgent.CreateStoreAsync(StorePath, Key));
            missing.Error.ShouldBe(SkytaleError.StoreKeyWrong);
            missing.Message.ShouldContain($"no key '{_description}'");
            missing.Hint.ShouldContain($"keyctl padd user '{_description}' @u");
        }
        File.Exists(StorePath).ShouldBeFalse();
    }

    [Theory]
    [InlineData(31)]
    [InlineData(33)]
    [InlineData(4096)]
    public void A_key_of_another_size_is_none(int size)
    {
        SkipWithoutKeyring();
        _keyring.Put(_description, RandomNumberGenerator.GetBytes(size));
        Should.Throw<SkytaleException>(() => Key.Prepare(StorePath)).Message.ShouldContain($"has {size} bytes; a store's has 32");
    }

    [Fact]
    public void A_revoked_key_is_said_to_be_one()
    {
        SkipWithoutKeyring();
        _keyring.Put(_description, RandomNumberGenerator.GetBytes(32));
        _keyring.RevokeLast();
        Should.Throw<SkytaleException>(() => Key.Prepare(StorePath)).Message.ShouldContain("was revoked");
    }

    [Fact]
    public void It_is_read_in_a_session_without_the_users_keyring_too()
    {
        SkipWithoutKeyring();
        var key = RandomNumberGenerator.GetBytes(32);
        _keyring.Put(_description, key);
        byte[]? read = null;
        Exception? failure = null;
        var service = new Thread(() =>
        {
            try
            {
                TestKeyring.BeginSession();
                using var found = Key.Prepare(StorePath);
                read = found.Span.ToArray();
            }
            catch (Exception e)
            {
                failure = e;
            }
        });
        service.Start();
        service.Join();
        failure.ShouldBeNull();
        read.ShouldBe(key);
    }

    [Theory]
    [InlineData(1, "container")] // EPERM
    [InlineData(38, "this system has none")] // ENOSYS
    [InlineData(13, "may not be read")] // EACCES
    [InlineData(127, "has expired")] // EKEYEXPIRED
    [InlineData(12, "errno 12")]
    public void What_the_kernel_refuses_is_said_in_words(int error, string said)
    {
        var failure = LinuxKeyring.Failure(error, "skytale:alice", StoreKey.Size);
        failure.Error.ShouldBe(SkytaleError.StoreKeyWrong);
        failure.Message.ShouldContain(said);
        failure.Hint.ShouldNotBeEmpty();
    }

    private static void SkipWithoutKeyring() => Assert.SkipWhen(TestKeyring.Missing is not null, TestKeyring.Missing ?? "");
}
