using System.CommandLine;
using Skytale.Cli.Configuration;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;
using Skytale.Protocol.Transport;
using Skytale.Sdk;

namespace Skytale.Cli;

/// <summary>An agent of this machine, connected: what every command on a channel starts with.</summary>
internal sealed class AgentSession : IAsyncDisposable
{
    private static readonly TimeSpan JoinPatience = TimeSpan.FromSeconds(10);

    private AgentSession(Home home, string name, SkytaleAgent agent)
    {
        Home = home;
        Name = name;
        Agent = agent;
    }

    public Home Home { get; }

    /// <summary>The agent's name on this machine.</summary>
    public string Name { get; }

    public SkytaleAgent Agent { get; }

    /// <summary>Connects the agent that acts.</summary>
    public static Task<AgentSession> ConnectAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        ConnectAsync(parsed, AgentFolder.Acting(Home.Of(parsed), Settings.Agent.Of(parsed)), cancellationToken);

    public static Task<AgentSession> ConnectAsync(ParseResult parsed, AgentFolder folder, CancellationToken cancellationToken) =>
        ConnectAsync(parsed, folder, Settings.TransportOf(parsed), cancellationToken);

    public static async Task<AgentSession> ConnectAsync(ParseResult parsed, AgentFolder folder, TransportChoice transport, CancellationToken cancellationToken)
    {
        var home = Home.Of(parsed);
        var key = Settings.ApiKey.Of(parsed) ?? throw new CliException(ExitCode.Failed, "This home has no API key.", "Run: skytale keys create");
        folder.Read(); // A command makes no agent by the way.
        var agent = await SkytaleAgent.ConnectAsync(
            new SkytaleAgentOptions
            {
                Name = folder.Name,
                Home = home.FolderPath,
                ApiKey = key,
                Server = Settings.Server.Of(parsed) is { } url ? new ServerLocation(url).Url : null,
                Certificate = Settings.Certificate.Of(parsed),
                TransportChoice = transport,
                StoreKey = Settings.StoreKeyOf(parsed, folder.Name),
            },
            cancellationToken);
        if (transport == TransportChoice.Auto && agent.Connection?.Transport == TransportKind.Tls)
            Output.Remark("QUIC did not get through to the relay; connected over TLS on TCP. To spare the wait: --transport tls");
        return new AgentSession(home, folder.Name, agent);
    }

    /// <summary>The channel of the command line. An agent that was just added gets a moment for its Welcome to arrive.</summary>
    public async Task<SkytaleChannel> ChannelAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var name = Home.ChannelName(parsed.GetValue(Shared.Channel)!);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(JoinPatience);
        try
        {
            return await Agent.JoinAsync(name, patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CliException(ExitCode.Failed, $"Agent '{Name}' is no member of {name}.", $"A member adds it with: skytale channel add {name} {Agent.Id}");
        }
    }

    /// <summary>As <see cref="ChannelAsync"/>, with every commit followed that the relay holds now: for what depends on who is in it.</summary>
    public async Task<SkytaleChannel> CurrentChannelAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var channel = await ChannelAsync(parsed, cancellationToken);
        await channel.CatchUpAsync(cancellationToken);
        return channel;
    }

    /// <summary>As <see cref="ChannelAsync"/>, but waits until somebody adds the agent.</summary>
    public async Task<SkytaleChannel> JoinAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var name = Home.ChannelName(parsed.GetValue(Shared.Channel)!);
        if (Agent.FindChannel(name) is { } channel)
            return channel;
        Output.Remark($"{Name} waits to be added to {name}: skytale channel add {name} {Agent.Id}");
        return await Agent.JoinAsync(name, cancellationToken);
    }

    /// <summary>Messages end by themselves for one reason only.</summary>
    public CliException Removed(SkytaleChannel channel) =>
        new(ExitCode.Failed, $"Agent '{Name}' {(channel.Standing == ChannelStanding.Left ? "has left" : "was removed from")} {channel.Name}.", $"A member adds it again with: skytale channel add {channel.Name} {Agent.Id}");

    public ValueTask DisposeAsync() => Agent.DisposeAsync();
}
