using System.CommandLine;
using Skytale.Cli.Completion;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;
using Skytale.Sdk;

namespace Skytale.Cli.Commands;

/// <summary>Makes an invitation and prints its text, alone.</summary>
internal sealed class ChannelInvite : CliCommand
{
    private readonly Option<int?> _uses = WholeNumber.Option("--uses", [], 1, "N", "How many agents may join by it [default: 1]", 1000);
    private readonly Option<TimeSpan?> _expires = Duration.Option("--expires", "How long it is good, 30 days at most [default: 24h]");

    private readonly Option<string?> _for = new("--for")
    {
        Description = "The only agent that may join by it: its id (did:key:…), or the name of an agent of this machine",
        HelpName = "AGENT",
        CompletionSources = { Completions.LocalAgents },
    };

    public ChannelInvite()
        : base(
            "invite", "Print an invitation to a channel: whoever has its text may join, so send it by a way that only they read.",
            "skytale channel invite acme/demo/hello --agent alice",
            "skytale channel invite acme/demo/hello --uses 5 --expires 7d --for did:key:z6Mk… --agent alice")
    {
        Arguments.Add(Shared.Channel);
        Options.Add(_uses);
        Options.Add(_expires);
        Options.Add(_for);
        Options.Add(Shared.Agent);
    }

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var defaults = new InvitationOptions();
        var options = new InvitationOptions
        {
            MaxUses = parsed.GetValue(_uses) ?? defaults.MaxUses,
            ExpiresIn = parsed.GetValue(_expires) ?? defaults.ExpiresIn,
            For = parsed.GetValue(_for) is { } invited ? KnownAgents.Parse(Home.Of(parsed), invited) : null,
        };
        await using var session = await AgentSession.ConnectAsync(parsed, cancellationToken);
        var channel = await session.CurrentChannelAsync(parsed, cancellationToken);
        using var invitation = await channel.InviteAsync(options, cancellationToken);
        var text = invitation.Reveal();
        Output.Show(
            new
            {
                Channel = channel.Name.ToString(),
                InvitationId = invitation.Id.ToString(),
                Invitation = text,
                invitation.ExpiresAt,
                invitation.MaxUses,
                For = invitation.For?.ToString(),
            },
            text);
    }
}
