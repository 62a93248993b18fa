using Skytale.Sdk;
using Skytale.Sdk.State;

namespace Skytale.Tests.Sdk;

/// <summary>An agent's name and an API key are all that an application has to bring.</summary>
public sealed class FirstUseTests(OneServer one)
{
    private const int Timeout = 120_000;

    [Fact(Timeout = Timeout)]
    public async Task Two_agents_talk_by_name_and_key_alone()
    {
        await using var alice = await one.Server.ConnectAgentAsync("first-alice");
        await using var bob = await one.Server.ConnectAgentAsync("first-bob");
        var channel = await alice.CreateChannelAsync("demo/first");
        channel.Name.ToString().ShouldBe($"{one.Server.Org}/demo/first");
        await channel.AddMemberAsync(bob.Id);
        await channel.SendAsync("Hello, Bob");
        await foreach (var message in (await bob.JoinAsync("demo/first")).Messages)
        {
            using (message)
                message.Text.ShouldBe("Hello, Bob");
            break;
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task The_second_connection_is_the_same_agent_in_its_channels()
    {
        var options = one.Server.AgentOptions("same");
        Skytale.Protocol.AgentId id;
        await using (var agent = await SkytaleAgent.ConnectAsync(options))
        {
            id = agent.Id;
            await agent.CreateChannelAsync("demo/same");
        }
        await using var again = await SkytaleAgent.ConnectAsync(options);
        again.Id.ShouldBe(id);
        again.FindChannel("demo/same").ShouldNotBeNull();
    }

    [Theory(Timeout = Timeout)]
    [InlineData("store")]
    [InlineData("registration")]
    [InlineData("key")]
    public async Task What_was_killed_on_the_way_is_finished_the_next_time(string killedBehind)
    {
        var name = $"killed-{killedBehind}";
        var options = one.Server.AgentOptions(name);
        var folder = new AgentFolder(new Home(options.Home!), name);
        string? made = null;
        switch (killedBehind)
        {
            case "key": // A key and no store.
                folder.StartOver();
                StoreKey.FromFile().Prepare(folder.StorePath).Dispose();
                break;
            case "store": // An identity that nobody knows.
                folder.StartOver();
                made = (await SkytaleAgent.CreateStoreAsync(folder.StorePath, StoreKey.FromFile())).ToString();
                folder.Write(new LocalAgent(name, made, AccountId: null));
                break;
            default: // Known to the account, and not noted here.
                await using (var agent = await SkytaleAgent.ConnectAsync(options))
                    made = agent.Id.ToString();
                folder.Write(folder.Find()! with { AccountId = null, Org = null });
                break;
        }
        await using var finished = await SkytaleAgent.ConnectAsync(options);
        if (made is not null)
            finished.Id.ToString().ShouldBe(made);
        folder.Find()!.AccountId.ShouldBe(one.Server.AccountId);
        folder.Find()!.Org.ShouldBe(one.Server.Org);
    }

    [Fact(Timeout = Timeout)]
    public async Task Nothing_in_an_agents_folder_may_be_read_by_others()
    {
        await using var agent = await one.Server.ConnectAgentAsync("private");
        var files = Directory.GetFiles(Path.Combine(one.Server.Home, "agents", "private"), "*", SearchOption.AllDirectories);
        files.Select(Path.GetFileName).ShouldContain("store.key");
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        files.Where(file => (File.GetUnixFileMode(file) & Others) != UnixFileMode.None).ShouldBeEmpty();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_name_that_another_agent_of_the_account_has_is_refused()
    {
        await using var agent = await one.Server.ConnectAgentAsync("taken");
        using var elsewhere = new TemporaryFolder();
        var options = one.Server.AgentOptions("taken");
        options.Home = elsewhere.Path;
        (await Should.ThrowAsync<SkytaleException>(SkytaleAgent.ConnectAsync(options))).Refusal.ShouldBe(Protocol.ErrorCode.AgentNameTaken);
    }
}
