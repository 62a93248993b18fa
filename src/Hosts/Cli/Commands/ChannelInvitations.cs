using System.CommandLine;
using Skytale.Cli.Homes;
using Skytale.Cli.Terminal;

namespace Skytale.Cli.Commands;

/// <summary>The invitations to a channel that may still be used, as its members know them: without their secrets.</summary>
internal sealed class ChannelInvitations : CliCommand
{
    public ChannelInvitations()
        : base("invitations", "List the invitations to a channel that may still be used.", "skytale channel invitations acme/demo/hello --agent alice")
    {
        Arguments.Add(Shared.Channel);
        Options.Add(Shared.Agent);
    }

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var session = await AgentSession.ConnectAsync(parsed, cancellationToken);
        var channel = await session.CurrentChannelAsync(parsed, cancellationToken);
        var known = new KnownAgents(session.Home);
        Output.List(
            [
                .. channel.Invitations.Select(invitation => new
                {
                    InvitationId = invitation.Id.ToString(),
                    Inviter = invitation.Inviter.ToString(),
                    invitation.ExpiresAt,
                    invitation.MaxUses,
                    UsedBy = invitation.UsedBy.Select(agent => agent.ToString()).ToArray(),
                    For = invitation.For?.ToString(),
                    InviterName = known.FindName(invitation.Inviter),
                }),
            ],
            ("id", invitation => invitation.InvitationId),
            ("by", invitation => invitation.InviterName ?? invitation.Inviter),
            ("until", invitation => Output.At(invitation.ExpiresAt)),
            ("uses", invitation => $"{invitation.UsedBy.Length} of {invitation.MaxUses}"),
            ("for", invitation => invitation.For));
    }
}
