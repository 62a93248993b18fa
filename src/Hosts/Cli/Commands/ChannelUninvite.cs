using System.CommandLine;
using Skytale.Cli.Terminal;
using Skytale.Protocol;
using Skytale.Sdk;

namespace Skytale.Cli.Commands;

/// <summary>Revokes an invitation.</summary>
internal sealed class ChannelUninvite : CliCommand
{
    private readonly Argument<string> _invitation = new("invitation") { Description = "The invitation's id, or the beginning of it that no other has" };

    public ChannelUninvite()
        : base(
            "uninvite", "Revoke an invitation: nobody joins by it any more; who joined stays.",
            "skytale channel uninvite acme/demo/hello 3b6a27bcceb6 --agent alice")
    {
        Arguments.Add(Shared.Channel);
        Arguments.Add(_invitation);
        Options.Add(Shared.Agent);
    }

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        await using var session = await AgentSession.ConnectAsync(parsed, cancellationToken);
        var channel = await session.CurrentChannelAsync(parsed, cancellationToken);
        var id = Find(channel, parsed.GetValue(_invitation)!);
        await channel.RevokeInvitationAsync(id, cancellationToken);
        Output.Show(new { Channel = channel.Name.ToString(), InvitationId = id.ToString(), Revoked = true }, $"revoked {id}");
    }

    private static InvitationId Find(SkytaleChannel channel, string text)
    {
        var found = channel.Invitations.Where(invitation => invitation.Id.ToString().StartsWith(text, StringComparison.Ordinal)).ToList();
        return found.Count == 1
            ? found[0].Id
            : throw new CliException(ExitCode.Failed, found.Count == 0 ? $"{channel.Name} has no such invitation that may still be used." : $"{found.Count} invitations begin so.", $"See: skytale channel invitations {channel.Name}");
    }
}
