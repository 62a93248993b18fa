using Skytale.Protocol.Envelopes;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>DISCOVERY_REQUEST and DISCOVERY_REPLY: which instance of a name answers.</summary>
internal static class Discovering
{
    /// <summary>Asks for one of those who have a name.</summary>
    /// <returns>The reply: its source is the full name.</returns>
    /// <exception cref="SlimException"><see cref="SlimError.NoAnswer"/>.</exception>
    public static async Task<Envelope> FindAsync(SessionState session, SlimName name, CancellationToken cancellationToken)
    {
        var anyone = name with { Id = SlimNameId.Any };
        var request = new Command(anyone, SessionMessageType.DiscoveryRequest, SessionState.NewMessageId(), new CommandPayload { DiscoveryRequest = new DiscoveryRequest() });
        var replies = await session.AskAsync(request, [MemberKey.Of(anyone)], cancellationToken).ConfigureAwait(false);
        return replies[0];
    }

    /// <summary>The answer, which says this agent's full name under the name that was asked for; there is no session yet.</summary>
    public static Envelope Answer(AgentParts agent, Envelope request)
    {
        var own = request.Destination with { Id = agent.Own.Id };
        var outgoing = new Outgoing(agent.Identity, own, request.Session.SessionId, (SessionType)request.Session.Type, agent.Time);
        return outgoing.Control(Command.Answer(request, SessionMessageType.DiscoveryReply, new CommandPayload { DiscoveryReply = new DiscoveryReply() }));
    }
}
