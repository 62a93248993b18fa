using Skytale.Sdk;
using Skytale.Sdk.State;

namespace Skytale.Tests.Sdk;

/// <summary>The application's options count before the environment, the environment before the state folder: as at the command line.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryFolder _home = new();
    private readonly Dictionary<string, string?> _environment = [];

    public SettingsTests() => _environment["SKYTALE_HOME"] = _home.Path;

    public void Dispose() => _home.Dispose();

    [Fact]
    public void What_is_said_first_counts()
    {
        OwnerFile.Write(_home.File("config.json"), """{"agent":"of-file","transport":"tls"}"""u8);
        OwnerFile.Write(_home.File("credentials.json"), """{"api_url":"https://account.example","certificate_sha256":null,"account_id":"acc_1","org":"acme","api_key":"of file"}"""u8);
        var none = new SkytaleAgentOptions();
        (Read(none).Folder.Name, Read(none).ApiKey, Read(none).Transport, Read(none).Server("of file").ApiUrl).ShouldBe(("of-file", "of file", TransportChoice.Tls, "https://account.example"));
        foreach (var (variable, value) in new[] { ("AGENT", "of-environment"), ("API_KEY", "of environment"), ("TRANSPORT", "quic"), ("SERVER", "https://environment.example") })
            _environment[$"SKYTALE_{variable}"] = value;
        (Read(none).Folder.Name, Read(none).ApiKey, Read(none).Transport, Read(none).Server("another").ApiUrl).ShouldBe(("of-environment", "of environment", TransportChoice.Quic, "https://environment.example"));
        var all = new SkytaleAgentOptions { Name = "of-options", ApiKey = "of options", TransportChoice = TransportChoice.Auto, Server = new Uri("https://options.example") };
        (Read(all).Folder.Name, Read(all).ApiKey, Read(all).Transport, Read(all).Server("another").ApiUrl).ShouldBe(("of-options", "of options", TransportChoice.Auto, "https://options.example"));
        all.Home = _home.File("elsewhere");
        Read(all).Folder.StorePath.ShouldBe(_home.File("elsewhere/agents/of-options/store.db"));
    }

    [Fact]
    public void Where_the_stores_key_is_is_said_like_the_rest()
    {
        var options = new SkytaleAgentOptions { Name = "alice" };
        Read(options).StoreKey.ToString().ShouldBe("FileStoreKey");
        OwnerFile.Write(_home.File("config.json"), """{"store_key":"keyring"}"""u8);
        Read(options).StoreKey.ToString().ShouldBe("KeyringStoreKey");
        _environment["SKYTALE_STORE_KEY"] = "file";
        Read(options).StoreKey.ToString().ShouldBe("FileStoreKey");
        _environment["SKYTALE_STORE_KEY"] = "tpm";
        Should.Throw<SkytaleException>(() => Read(options).StoreKey).Message.ShouldContain("tpm");
        options.StoreKey = StoreKey.FromPassphrase("correct horse");
        Read(options).StoreKey.ToString().ShouldBe("PassphraseStoreKey");
    }

    [Fact]
    public void The_accounts_key_is_shown_to_no_other_server()
    {
        OwnerFile.Write(_home.File("credentials.json"), """{"api_url":"https://account.example","certificate_sha256":null,"account_id":"acc_1","org":"acme","api_key":"the account's"}"""u8);
        var options = new SkytaleAgentOptions { Name = "a", Server = new Uri("https://elsewhere.example") };
        Should.Throw<SkytaleException>(() => Read(options).Server("the account's")).Message.ShouldContain("not known to be the same server");
    }

    [Theory]
    [InlineData("name", "SkytaleAgentOptions.Name")]
    [InlineData("key", "SkytaleAgentOptions.ApiKey")]
    [InlineData("server", "SkytaleAgentOptions.Server")]
    [InlineData("store", "StoreKey")]
    public void What_is_missing_is_named(string what, string named)
    {
        var options = new SkytaleAgentOptions { Name = "a", ApiKey = "k", Server = new Uri("https://server.example") };
        switch (what)
        {
            case "name":
                options.Name = null;
                break;
            case "key":
                options.ApiKey = null;
                break;
            case "server":
                options.Server = null;
                break;
            default:
                options.StorePath = "/nowhere/store.db";
                break;
        }
        Should.Throw<SkytaleException>(() => AgentSetup.Read(options, Variable)).Message.ShouldContain(named);
    }

    private AgentSettings Read(SkytaleAgentOptions options) => new(options, Variable);

    private string? Variable(string name) => _environment.GetValueOrDefault(name);
}
