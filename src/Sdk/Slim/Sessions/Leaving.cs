using Skytale.Protocol.Envelopes;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>LEAVE_REQUEST, LEAVE_REPLY, GROUP_CLOSE: how a participant goes, and how the moderator ends the session.</summary>
internal sealed class Leaving(SessionState session, Membership membership)
{
    /// <summary>The mark of a participant that goes by itself.</summary>
    private const string BySelfKey = "LEAVING_SESSION";

    /// <summary>The application closes: the moderator tells everybody, a participant tells the moderator. The session is over here whatever they answer.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (session.Roster.Others.Count > 0)
                await (session.IsModerator ? CloseForAllAsync(cancellationToken) : LeaveAsync(cancellationToken)).ConfigureAwait(false);
        }
        finally
        {
            await EndAsync("closed here").ConfigureAwait(false);
        }
    }

    /// <summary>The moderator asks this agent to leave, or ends the session: answered, then over.</summary>
    public async Task GoAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        var isClosed = Command.TypeOf(envelope) == SessionMessageType.GroupClose;
        var answer = isClosed
            ? Command.Answer(envelope, SessionMessageType.GroupAck, new CommandPayload { GroupAck = new GroupAck() })
            : Command.Answer(envelope, SessionMessageType.LeaveReply, new CommandPayload { LeaveReply = new LeaveReply() });
        await session.PublishAsync(answer, cancellationToken).ConfigureAwait(false);
        await EndAsync(isClosed ? "the moderator closed it" : "the moderator removed this agent").ConfigureAwait(false);
    }

    /// <summary>A participant goes by itself: answered at once; the others are told by what this returns, which is not waited for.</summary>
    /// <returns>Null where nobody is left to be told.</returns>
    public async Task<Func<CancellationToken, Task>?> LetGoAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        var member = session.Roster.Find(envelope.Source);
        await session.PublishAsync(Command.Answer(envelope, SessionMessageType.LeaveReply, new CommandPayload { LeaveReply = new LeaveReply() }), cancellationToken).ConfigureAwait(false);
        if (member is null)
            return null;
        if (!session.Terms.IsGroup)
        {
            await EndAsync("the other participant left").ConfigureAwait(false);
            return null;
        }
        return stop => membership.RemoveAsync(member, hasLeft: true, stop);
    }

    /// <summary>True for a LEAVE_REQUEST of a participant that goes by itself.</summary>
    public static bool IsBySelf(Envelope envelope) => envelope.Metadata.ContainsKey(BySelfKey);

    /// <summary>The session is over here.</summary>
    public async Task EndAsync(string why)
    {
        if (!await session.EndAsync(why).ConfigureAwait(false) || !session.Terms.IsGroup)
            return;
        await session.Agent.Link.UnsubscribeAsync(session.Data, CancellationToken.None).ConfigureAwait(false);
        await session.Agent.Link.UnsubscribeAsync(session.Control, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task CloseForAllAsync(CancellationToken cancellationToken)
    {
        var close = new GroupClose();
        close.Participants.AddRange(session.Roster.All.Select(member => member.Name.ToName()));
        var command = new Command(session.Control, SessionMessageType.GroupClose, SessionState.NewMessageId(), new CommandPayload { GroupClose = close }) { Fanout = Outgoing.Everybody };
        await session.AskAsync(command, membership.Audience(), cancellationToken).ConfigureAwait(false);
    }

    private async Task LeaveAsync(CancellationToken cancellationToken)
    {
        var command = new Command(session.Moderator!, SessionMessageType.LeaveRequest, SessionState.NewMessageId(), new CommandPayload { LeaveRequest = new LeaveRequest() })
        {
            Metadata = new Dictionary<string, string> { [BySelfKey] = Sending.True },
        };
        await session.AskAsync(command, [MemberKey.Of(session.Moderator!)], cancellationToken).ConfigureAwait(false);
    }
}
