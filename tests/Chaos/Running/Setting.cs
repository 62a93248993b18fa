using System.Security.Cryptography;
using Skytale.Chaos.Checking;
using Skytale.Sdk.Api;

namespace Skytale.Chaos.Running;

/// <summary>
/// A relay, four agents and three channels, with everything that they keep in one folder. Alice and Bob send and commit,
/// Carol sends and commits too, Dave is in and out.
/// </summary>
internal sealed class Setting : IAsyncDisposable
{
    private const int Channels = 3;
    private static readonly string[] s_agents = ["alice", "bob", "carol", "dave"];

    private readonly string _folder;
    private readonly bool _keep;

    private Setting(string folder, bool keep, PostgresProgram? postgres, IReadOnlyList<AgentProcess> agents, string[] channels)
    {
        (_folder, _keep, Postgres, Agents, ChannelNames) = (folder, keep, postgres, agents, channels);
        Relay = new RelayProgram(Path.Combine(folder, "server"), postgres?.ConnectionString);
    }

    /// <summary>Where the relay keeps its channels; null: in its own folder.</summary>
    public PostgresProgram? Postgres { get; }

    public RelayProgram Relay { get; }

    public IReadOnlyList<AgentProcess> Agents { get; }

    public IReadOnlyList<string> ChannelNames { get; }

    /// <summary>In every channel from the beginning to the end.</summary>
    public IEnumerable<AgentProcess> Members => Agents.SkipLast(1);

    /// <summary>Removed and added again.</summary>
    public AgentProcess Guest => Agents[^1];

    /// <summary>Everything runs, and every agent is in every channel.</summary>
    public static async Task<Setting> CreateAsync(ChaosOptions options, Ledger ledger, Random random)
    {
        var folder = Directory.CreateTempSubdirectory("skytale-chaos-").FullName;
        var agents = s_agents.Select(name => new AgentProcess(name, Path.Combine(folder, name), ledger)).ToArray();
        var org = $"chaos{RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        var channels = Enumerable.Range(0, Channels).Select(i => $"{org}/chaos/room{i}").ToArray();
        var postgres = options.Log == LogKind.Postgres ? new PostgresProgram(Path.Combine(folder, "postgres")) : null;
        var setting = new Setting(folder, options.Keep, postgres, agents, channels);
        try
        {
            await setting.StartAsync(org, random);
            return setting;
        }
        catch
        {
            await setting.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var agent in Agents)
            await agent.DisposeAsync();
        await Relay.DisposeAsync();
        if (Postgres is not null)
            await Postgres.DisposeAsync();
        if (_keep)
            Console.WriteLine($"left in {_folder}");
        else
            Directory.Delete(_folder, recursive: true);
    }

    private async Task StartAsync(string org, Random random)
    {
        if (Postgres is not null && !OperatingSystem.IsWindows())
        {
            // Its user must get through to its own folder.
            File.SetUnixFileMode(_folder, File.GetUnixFileMode(_folder) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
            await Postgres.CreateAsync();
        }
        await Relay.StartAsync();
        using var api = new SkytaleApiClient(Relay.Api, Convert.FromHexString(Relay.Certificate));
        var account = await api.SignUpAsync($"{org}@example.org", RandomNumberGenerator.GetHexString(20), org);
        var key = await api.CreateKeyAsync(account.AccountId, account.AccountToken);
        foreach (var agent in Agents)
        {
            await agent.CreateAsync(api, account, key.ApiKey, RandomNumberGenerator.GetBytes(32), [.. ChannelNames]);
            await agent.StartAsync(random.Next());
        }
        foreach (var channel in ChannelNames)
        {
            await AskAsync(Agents[0], "create", channel);
            foreach (var other in Agents.Skip(1))
                await AskAsync(Agents[0], "add", channel, other.Did);
        }
    }

    private static async Task AskAsync(AgentProcess agent, string command, params IEnumerable<string> arguments)
    {
        if (await agent.AskAsync(command, arguments) is null)
            throw new InvalidOperationException($"{agent.Name} cannot {command}.");
    }
}
