using System.CommandLine;
using Skytale.Cli.Terminal;
using Skytale.Sdk;

namespace Skytale.Cli.Commands;

/// <summary>Joins the channel of an invitation, and says what it waits for.</summary>
internal sealed class Join : CliCommand
{
    private const string StandardInput = "-";

    private readonly Argument<string> _invitation = new("invitation")
    {
        Description = "The invitation's text, or - to read it from standard input: others on this machine see arguments",
    };

    public Join()
        : base(
            "join", "Join a channel by an invitation; waits until one of its members is there and admits the agent.",
            "skytale join skt_inv_… --agent bob",
            "skytale channel invite acme/demo/hello --agent alice | skytale join - --agent bob")
    {
        Arguments.Add(_invitation);
        Options.Add(Shared.Agent);
    }

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var invitation = Invitation.Parse(await TextAsync(parsed.GetValue(_invitation)!, cancellationToken));
        await using var session = await AgentSession.ConnectAsync(parsed, cancellationToken);
        var progress = new Remarks(session.Name);
        try
        {
            var channel = await session.Agent.JoinAsync(invitation, progress, cancellationToken);
            Output.Show(
                new { Channel = channel.Name.ToString(), ChannelId = channel.Id.ToString(), Members = channel.Members.Count, channel.SafetyNumber },
                ("channel", channel.Name.ToString()),
                ("id", channel.Id.ToString()),
                ("members", $"{channel.Members.Count}"),
                ("safety number", channel.SafetyNumber));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            Output.Remark($"{session.Name} has asked to join: a member may admit it until {Output.At(invitation.ExpiresAt)}, and it joins when it connects the next time.");
            throw;
        }
    }

    private static async Task<string> TextAsync(string argument, CancellationToken cancellationToken) =>
        argument == StandardInput ? await Console.In.ReadLineAsync(cancellationToken) ?? "" : argument;

    private sealed class Remarks(string agent) : IProgress<JoinProgress>
    {
        public void Report(JoinProgress value) => Output.Remark($"{agent}: {value.Detail}");
    }
}
