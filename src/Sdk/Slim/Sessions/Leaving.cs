using System.Collections.Concurrent;
using Skytale.Protocol.Envelopes;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>LEAVE_REQUEST, LEAVE_REPLY, GROUP_CLOSE: how a participant goes, and how the moderator ends the session.</summary>
internal sealed class Leaving(SessionState session, Membership membership)
{
    /// <summary>The mark of a participant that goes by itself.</summary>
    private const string BySelfKey = "LEAVING_SESSION";

    /// <summary>How long closing waits for the others at most, whatever the session's terms are.</summary>
    private static readonly TimeSpan TimeToClose = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<MemberKey, byte> _leaving = new();
    private Task? _end;

    /// <summary>True when the session is over and its channels are not listened to any more.</summary>
    public bool HasLeft
    {
        get
        {
            lock (_gate)
                return _end is { IsCompleted: true };
        }
    }

    /// <summary>The application closes: the moderator tells everybody, a participant tells the moderator. The session is over here whatever they answer.</summary>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (session.Roster.Others.Count > 0)
                await TellAsync(session.IsModerator ? CloseForAllAsync : LeaveAsync, cancellationToken).ConfigureAwait(false);
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
        var key = MemberKey.Of(envelope.Source);
        var isMember = session.Roster.Find(envelope.Source) is not null;
        await session.PublishAsync(Command.Answer(envelope, SessionMessageType.LeaveReply, new CommandPayload { LeaveReply = new LeaveReply() }), cancellationToken).ConfigureAwait(false);
        if (!isMember)
            return null;
        if (!session.Terms.IsGroup)
        {
            await EndAsync("the other participant left").ConfigureAwait(false);
            return null;
        }

        // It asks again while it has no answer, and is removed once.
        return _leaving.TryAdd(key, 0) ? stop => RemoveAsync(envelope.Source, stop) : null;
    }

    /// <summary>True for a LEAVE_REQUEST of a participant that goes by itself.</summary>
    public static bool IsBySelf(Envelope envelope) => envelope.Metadata.ContainsKey(BySelfKey);

    /// <summary>The session is over here; done when its channels are not listened to any more.</summary>
    public Task EndAsync(string why)
    {
        lock (_gate)
            return _end ??= EndOnceAsync(why);
    }

    private async Task EndOnceAsync(string why)
    {
        await session.EndAsync(why).ConfigureAwait(false);
        if (!session.Terms.IsGroup)
            return;
        await session.Agent.Link.UnsubscribeAsync(session.Data, CancellationToken.None).ConfigureAwait(false);
        await session.Agent.Link.UnsubscribeAsync(session.Control, CancellationToken.None).ConfigureAwait(false);
    }

    private async Task RemoveAsync(SlimName name, CancellationToken cancellationToken)
    {
        try
        {
            if (session.Roster.Find(name) is { } member)
                await membership.RemoveAsync(member, hasLeft: true, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _leaving.TryRemove(MemberKey.Of(name), out _);
        }
    }

    private async Task TellAsync(Func<CancellationToken, Task> tell, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(TimeToClose, session.Agent.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        try
        {
            await tell(either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new SlimException(SlimError.NoAnswer, $"Not everybody has answered within {TimeToClose}.");
        }
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
