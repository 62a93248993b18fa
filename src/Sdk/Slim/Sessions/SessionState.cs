using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Skytale.Protocol.Envelopes;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>What every session of an agent shares.</summary>
/// <param name="Own">The agent's name, with its id.</param>
internal sealed record AgentParts(SlimName Own, SlimIdentity Identity, ISlimLink Link, TimeProvider Time, ILogger Logger)
{
    /// <summary>Bytes that wait in all sessions that live.</summary>
    public const long MaxHeldBytes = 256L << 20;

    /// <summary>What waits in all sessions that live.</summary>
    public HeldBytes Held { get; } = new(whole: null, MaxHeldBytes);
}

/// <summary>
/// One session, as its procedures share it. What arrives is handled one message at a time; the application's calls, timers
/// and what the moderator does run beside that.
/// </summary>
internal sealed class SessionState : IDisposable
{
    /// <summary>Messages that wait for the application: those beyond are not acknowledged, so that a reliable sender sends them again.</summary>
    public const int InboxCapacity = 1024;

    /// <summary>Bytes that wait here: for the application, or for the messages before them.</summary>
    public const long MaxHeldBytes = 8L << 20;

    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource<string> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="own">The name that this agent has in the session: one of those it answers to, with its id.</param>
    /// <param name="moderator">Who invited this agent; null where it invites.</param>
    /// <param name="data">Where messages go: the group's channel, or the other participant as far as it is known.</param>
    /// <param name="control">Where control messages to everybody go.</param>
    public SessionState(AgentParts agent, SessionTerms terms, SlimName own, SlimName? moderator, SlimName data, SlimName control)
    {
        Agent = agent;
        Terms = terms;
        Own = own;
        Moderator = moderator;
        Data = data;
        Control = control;
        Roster = new Roster(own);
        Keys = terms.Encrypted ? new SessionKeys(agent.Identity, agent.Time) : null;
        Outgoing = new Outgoing(agent.Identity, own, terms.Id, terms.Type, agent.Time);
        Requests = new Requests(PublishAsync, agent.Time, terms.Interval, terms.MaxRetries);
        Held = new HeldBytes(agent.Held, MaxHeldBytes);
        Ended = _end.Token;
    }

    public AgentParts Agent { get; }

    public SessionTerms Terms { get; }

    public SlimName Own { get; }

    public SlimName? Moderator { get; }

    public bool IsModerator => Moderator is null;

    /// <summary>Point to point: the other one's full name, as soon as it has answered.</summary>
    public SlimName Data { get; set; }

    public SlimName Control { get; set; }

    public Roster Roster { get; }

    /// <summary>Null where the session is not encrypted.</summary>
    public SessionKeys? Keys { get; }

    public Outgoing Outgoing { get; }

    public Requests Requests { get; }

    public SentMessages Sent { get; } = new();

    /// <summary>What waits in this session, by its bytes.</summary>
    public HeldBytes Held { get; }

    /// <summary>What the application has not read yet.</summary>
    public Channel<SlimMessage> Inbox { get; } = Channel.CreateUnbounded<SlimMessage>();

    /// <summary>The application has read a message.</summary>
    public SlimMessage Read(SlimMessage message)
    {
        Held.Remove(message);
        return message;
    }

    /// <summary>Cancelled when the session ends.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Completes with the reason when the session has ended.</summary>
    public Task<string> Closed => _closed.Task;

    /// <summary>True since something was sent to everybody, until the next heartbeat is due.</summary>
    public bool HasSent { get; set; }

    /// <summary>A number for a control message: never 0, which receivers refuse.</summary>
    public static uint NewMessageId() => (uint)Random.Shared.NextInt64(1, uint.MaxValue);

    /// <summary>Sends a control message.</summary>
    /// <exception cref="SlimException">The session ended.</exception>
    public ValueTask PublishAsync(Command command, CancellationToken cancellationToken) => PublishAsync(Outgoing.Control(command), cancellationToken);

    /// <summary>Sends; nobody waits for a link longer than the session lives.</summary>
    /// <exception cref="SlimException">The session ended.</exception>
    public async ValueTask PublishAsync(Envelope envelope, CancellationToken cancellationToken)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Ended);
        try
        {
            await Agent.Link.PublishAsync(envelope, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (Ended.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            ThrowIfEnded();
        }
    }

    /// <summary>Sends a control message, again and again until everybody has answered who was asked.</summary>
    /// <exception cref="SlimException"><see cref="SlimError.NoAnswer"/>, or the session ended.</exception>
    public async Task<IReadOnlyList<Envelope>> AskAsync(Command command, IEnumerable<MemberKey> from, CancellationToken cancellationToken)
    {
        using var awaited = Requests.Expect(new RequestKey(command.AnswerType, command.MessageId), from);
        await PublishAsync(command, cancellationToken).ConfigureAwait(false);
        return await awaited.AnsweredAsync(_ => [Outgoing.Control(command)], cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The roster as the moderator says it; where MLS says who is in the group, of those alone.</summary>
    /// <exception cref="SlimException"><see cref="SlimError.ProtocolViolation"/>: one has no name, or there are too many.</exception>
    public void ReplaceRoster(IEnumerable<Participant> participants) =>
        Roster.Replace(participants.Select(Member.Of).Where(member => Keys is null || (member.Name.Id is { } id && Keys.Has(id))));

    /// <exception cref="SlimException"><see cref="SlimError.SessionClosed"/>.</exception>
    public void ThrowIfEnded()
    {
        if (Ended.IsCancellationRequested)
            throw new SlimException(SlimError.SessionClosed, "The session has ended.");
    }

    /// <summary>Ends the session here, once, whatever the others know.</summary>
    public async Task EndAsync(string why)
    {
        Requests.End(new SlimException(SlimError.SessionClosed, $"The session has ended: {why}."));
        Inbox.Writer.TryComplete();
        Held.End();
        await _end.CancelAsync().ConfigureAwait(false);
        _closed.SetResult(why);
    }

    public void Dispose()
    {
        _end.Dispose();
        Keys?.Dispose();
    }
}
