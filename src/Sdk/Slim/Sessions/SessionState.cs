using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Skytale.Protocol.Envelopes;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>What every session of an agent shares.</summary>
/// <param name="Own">The agent's name, with its id.</param>
internal sealed record AgentParts(SlimName Own, SlimIdentity Identity, ISlimLink Link, TimeProvider Time, ILogger Logger);

/// <summary>
/// One session, as its procedures share it. What arrives is handled one message at a time; the application's calls, timers
/// and what the moderator does run beside that.
/// </summary>
internal sealed class SessionState : IDisposable
{
    /// <summary>Messages that wait for the application: those beyond are not acknowledged, so that a reliable sender sends them again.</summary>
    public const int InboxCapacity = 1024;

    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource<string> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _ended;

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
        Requests = new Requests(agent.Link, agent.Time, terms.Interval, terms.MaxRetries);
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

    /// <summary>What the application has not read yet.</summary>
    public Channel<SlimMessage> Inbox { get; } = Channel.CreateUnbounded<SlimMessage>();

    /// <summary>Cancelled when the session ends.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Completes with the reason when the session has ended.</summary>
    public Task<string> Closed => _closed.Task;

    /// <summary>True since something was sent to everybody, until the next heartbeat is due.</summary>
    public bool HasSent { get; set; }

    /// <summary>A number for a control message: never 0, which receivers refuse.</summary>
    public static uint NewMessageId() => (uint)Random.Shared.NextInt64(1, uint.MaxValue);

    /// <summary>Sends a control message.</summary>
    public ValueTask PublishAsync(Command command, CancellationToken cancellationToken) =>
        Agent.Link.PublishAsync(Outgoing.Control(command), cancellationToken);

    /// <summary>Sends a control message, again and again until everybody has answered who was asked.</summary>
    /// <exception cref="SlimException"><see cref="SlimError.NoAnswer"/>, or the session ended.</exception>
    public async Task<IReadOnlyList<Envelope>> AskAsync(Command command, IEnumerable<MemberKey> from, CancellationToken cancellationToken)
    {
        using var awaited = Requests.Expect(new RequestKey(IsData: false, command.MessageId), from);
        await PublishAsync(command, cancellationToken).ConfigureAwait(false);
        return await awaited.AnsweredAsync(_ => [Outgoing.Control(command)], cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="SlimException"><see cref="SlimError.SessionClosed"/>.</exception>
    public void ThrowIfEnded()
    {
        if (Ended.IsCancellationRequested)
            throw new SlimException(SlimError.SessionClosed, "The session has ended.");
    }

    /// <summary>Ends the session here, whatever the others know.</summary>
    /// <returns>False when it had ended before.</returns>
    public async Task<bool> EndAsync(string why)
    {
        if (Interlocked.Exchange(ref _ended, 1) != 0)
            return false;
        Requests.End(new SlimException(SlimError.SessionClosed, $"The session has ended: {why}."));
        Inbox.Writer.TryComplete();
        await _end.CancelAsync().ConfigureAwait(false);
        _closed.SetResult(why);
        return true;
    }

    public void Dispose()
    {
        _end.Dispose();
        Keys?.Dispose();
    }
}
