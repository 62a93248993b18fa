using System.Security.Cryptography;
using Skytale.Sdk;
using Skytale.SqlCipher;

namespace Skytale.Tests.Sdk;

/// <summary>Where the store's key comes from, and how another takes its place.</summary>
public sealed class RekeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string StorePath => _folder.File("store.db");

    public void Dispose() => _folder.Dispose();

    public static TheoryData<string, string> Changes => new(
        from before in Kinds.Keys
        from after in Kinds.Keys
        select (before, after));

    private static Dictionary<string, StoreKey> Kinds { get; } = new()
    {
        ["file"] = StoreKey.FromFile(),
        ["passphrase"] = StoreKey.FromPassphrase("correct horse"),
        ["bytes"] = StoreKey.FromBytes(RandomNumberGenerator.GetBytes(32)),
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_store_gets_a_key_of_any_kind_instead_of_any_other(string before, string after)
    {
        var id = await SkytaleAgent.CreateStoreAsync(StorePath, Kinds[before]);
        var options = new SkytaleAgentOptions { StorePath = StorePath, StoreKey = Kinds[before] };
        await SkytaleAgent.RekeyAsync(options, Kinds[after]);
        IdOf(Kinds[after]).ShouldBe(id.ToString());
        if (before != after)
            Should.Throw<SkytaleException>(() => IdOf(Kinds[before])).Error.ShouldBe(SkytaleError.StoreKeyWrong);
        Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Where(name => name!.EndsWith(".next", StringComparison.Ordinal)).ShouldBeEmpty();
        Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Count(name => name is "store.key" or "store.passphrase").ShouldBe(after == "bytes" ? 0 : 1);
    }

    [Fact]
    public async Task A_key_is_really_another_afterwards()
    {
        await SkytaleAgent.CreateStoreAsync(StorePath, StoreKey.FromFile());
        var old = File.ReadAllBytes(_folder.File("store.key"));
        await SkytaleAgent.RekeyAsync(new SkytaleAgentOptions { StorePath = StorePath, StoreKey = StoreKey.FromFile() }, StoreKey.FromFile());
        File.ReadAllBytes(_folder.File("store.key")).ShouldNotBe(old);
        Should.Throw<SkytaleException>(() => SqlCipherAgentStore.Open(StorePath, old)).Error.ShouldBe(SkytaleError.StoreKeyWrong);
    }

    [Theory]
    [InlineData("file")]
    [InlineData("passphrase")]
    public async Task Killed_before_or_behind_the_change_the_store_still_opens(string kind)
    {
        var id = (await SkytaleAgent.CreateStoreAsync(StorePath, StoreKey.FromFile())).ToString();
        // Killed before: the new key is on the disk, the store has the old one.
        using (var next = Kinds[kind].Prepare(StorePath))
        {
            IdOf(StoreKey.FromFile()).ShouldBe(id);
            // Killed behind: the store has the new one, whose place is not taken yet.
            using var store = StoreKey.FromFile().Open(StorePath);
            store.Rekey(next.Span);
        }
        IdOf(Kinds[kind]).ShouldBe(id);
        IdOf(Kinds[kind]).ShouldBe(id);
    }

    [Fact]
    public async Task What_is_on_the_disk_while_the_store_is_open_opens_with_the_new_key()
    {
        var (first, second) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        var id = (await SkytaleAgent.CreateStoreAsync(StorePath, first)).ToString();
        using var copies = new TemporaryFolder();
        using (var store = StoreKey.FromBytes(first).Open(StorePath))
        {
            store.Rekey(second);
            // What a machine that stops now would have.
            foreach (var file in new[] { StorePath, StorePath + "-wal" }.Where(File.Exists))
                File.Copy(file, copies.File(Path.GetFileName(file)));
        }
        IdOf(second, copies.File("store.db")).ShouldBe(id);
    }

    [Fact]
    public async Task A_wrong_passphrase_and_a_key_that_others_may_read_open_nothing()
    {
        await SkytaleAgent.CreateStoreAsync(StorePath, Kinds["passphrase"]);
        Should.Throw<SkytaleException>(() => IdOf(StoreKey.FromPassphrase("correct house"))).Error.ShouldBe(SkytaleError.StoreKeyWrong);
        File.SetUnixFileMode(_folder.File("store.passphrase"), UnixFileMode.UserRead | UnixFileMode.OtherRead);
        Should.Throw<SkytaleException>(() => IdOf(Kinds["passphrase"])).Message.ShouldContain("read by others");
    }

    [Fact]
    public void A_key_of_another_length_is_refused_and_none_is_ever_told()
    {
        Should.Throw<ArgumentException>(() => StoreKey.FromBytes(new byte[31]));
        Should.Throw<ArgumentException>(() => StoreKey.FromPassphrase(""));
        foreach (var key in Kinds.Values)
            key.ToString()!.ShouldEndWith("StoreKey");
    }

    private string IdOf(StoreKey key) => IdOf(key, StorePath);

    private static string IdOf(StoreKey key, string path)
    {
        using var store = key.Open(path);
        using var seed = store.ReadIdentitySeed();
        using var identity = Skytale.Agent.Keys.IdentityKey.FromSeed(seed!.Span);
        return identity.Id.ToString();
    }
}
