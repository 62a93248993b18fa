using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Skytale.Mls;
using Skytale.Protocol.Envelopes;
using Skytale.Sdk.Slim.Sessions;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim;

/// <summary>
/// A native agent among SLIM applications: it answers to a name, takes part in sessions that it is invited to, and creates
/// sessions itself. All members may be called concurrently, but for <see cref="AcceptAsync"/>, which has one caller.
/// </summary>
public sealed class SlimAgent : IAsyncDisposable
{
    /// <summary>Sessions at once: invitations beyond are not answered.</summary>
    public const int MaxSessions = 1024;

    /// <summary>Invitations of one inviter that have been answered and wait for its welcome.</summary>
    public const int MaxPending = 16;

    /// <summary>Sessions that wait to be accepted: meanwhile invitations are not answered, and whoever invites asks again.</summary>
    public const int MaxNotAccepted = 256;

    private readonly AgentParts _parts;
    private readonly bool _acceptsUnencrypted;
    private readonly Incoming _incoming;
    private readonly SessionTable _sessions = new();
    private readonly Channel<SlimSession> _entered = Channel.CreateUnbounded<SlimSession>();
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private int _disposed;

    private SlimAgent(AgentParts parts, bool acceptsUnencrypted)
    {
        (_parts, _acceptsUnencrypted) = (parts, acceptsUnencrypted);
        _incoming = new Incoming(parts.Identity, parts.Time);
    }

    /// <summary>This agent's name, with its id.</summary>
    public SlimName Name => _parts.Own;

    /// <summary>The sessions that this agent is in or is entering.</summary>
    public IReadOnlyCollection<SlimSession> Sessions => [.. _sessions.All.Where(session => !session.Closed.IsCompleted)];

    /// <summary>Subscribes the agent's name; from then on it answers.</summary>
    /// <exception cref="SlimException"><see cref="SlimError.InvalidArgument"/> or <see cref="SlimError.Refused"/>: the name.</exception>
    public static async Task<SlimAgent> OpenAsync(SlimAgentOptions options, CancellationToken cancellationToken = default)
    {
        var own = Parse(options.Name) with { Id = SlimNameId.OfText(options.Identity.Subject) };
        var logger = (options.Logging ?? NullLoggerFactory.Instance).CreateLogger("Skytale.Slim");
        var agent = new SlimAgent(new AgentParts(own, options.Identity, options.Link, options.Time ?? TimeProvider.System, logger), options.AcceptUnencrypted);
        agent._running = agent.RunAsync();
        try
        {
            await options.Link.SubscribeAsync(own, own, cancellationToken).ConfigureAwait(false);
            return agent;
        }
        catch
        {
            await agent.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Creates a session with one instance of a name.</summary>
    /// <param name="name"><c>org/namespace/app</c>.</param>
    /// <exception cref="SlimException"><see cref="SlimError.NoAnswer"/>: there is none, or it does not answer.</exception>
    public async Task<SlimSession> ConnectAsync(string name, SlimSessionOptions? options = null, CancellationToken cancellationToken = default)
    {
        var other = Parse(name);
        var session = Create(SessionType.PointToPoint, options ?? new SlimSessionOptions(), other, other);
        try
        {
            await session.InviteAsync(other, cancellationToken).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Creates a group, with this agent alone in it at first.</summary>
    /// <param name="channel">The name under which its channels lie, <c>org/namespace/channel</c>: of this agent's organisation.</param>
    /// <exception cref="SlimException"><see cref="SlimError.InvalidArgument"/>.</exception>
    public SlimSession CreateGroup(string channel, SlimSessionOptions? options = null)
    {
        var name = Parse(channel);
        if (name.Component0 != Name.Component0)
            throw new SlimException(SlimError.InvalidArgument, $"'{channel}' is not of this agent's organisation: nobody could follow an invitation.");
        return Create(SessionType.Multicast, (options ?? new SlimSessionOptions()) with { Reliable = true }, name with { Id = RandomId() }, name with { Id = RandomId() });
    }

    /// <summary>The next session that this agent was invited to and has entered.</summary>
    /// <exception cref="SlimException"><see cref="SlimError.LinkClosed"/>: the agent was disposed.</exception>
    public async ValueTask<SlimSession> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (await _entered.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_entered.Reader.TryRead(out var session))
                return session;
        }
        throw new SlimException(SlimError.LinkClosed, "The agent was disposed.");
    }

    /// <summary>Sessions that this agent was invited to and has entered, until the link ends.</summary>
    public async IAsyncEnumerable<SlimSession> AcceptAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var session in _entered.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            yield return session;
    }

    /// <summary>Ends everything here; the sessions' other participants are not told.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _stop.CancelAsync().ConfigureAwait(false);
        await _parts.Link.DisposeAsync().ConfigureAwait(false);
        await _running.ConfigureAwait(false);
        _stop.Dispose();
    }

    /// <summary>The name of three parts, without an id.</summary>
    internal static SlimName Parse(string name)
    {
        var parts = name.Split('/');
        return parts.Length == 3 && parts.All(part => part.Length is > 0 and <= SlimNameText.MaxLength)
            ? SlimName.Of(parts[0], parts[1], parts[2])
            : throw new SlimException(SlimError.InvalidArgument, $"'{name}' is no SLIM name: it reads org/namespace/app.");
    }

    private SlimSession Create(SessionType type, SlimSessionOptions options, SlimName data, SlimName control)
    {
        if (options.Interval < TimeSpan.FromMilliseconds(1) || options.MaxRetries < 0)
            throw new SlimException(SlimError.InvalidArgument, "An interval is 1 ms at least, and there are 0 retries at least.");
        while (true)
        {
            var terms = new SessionTerms
            {
                Id = (uint)Random.Shared.NextInt64(uint.MaxValue - 1000),
                Type = type,
                Reliable = options.Reliable,
                Interval = options.Interval,
                MaxRetries = options.MaxRetries,
                Encrypted = options.Encrypted,
                Metadata = options.Metadata,
            };
            if (_sessions.Has(terms.Id))
                continue;
            return Keep(new SlimSession(new SessionState(_parts, terms, _parts.Own, moderator: null, data, control)));
        }
    }

    private SlimSession Keep(SlimSession session)
    {
        var isKept = _sessions.TryAdd(session);
        _ = ForgetAsync(session, isKept ? null : "the agent was disposed");
        return isKept ? session : throw new SlimException(SlimError.LinkClosed, "The agent was disposed.");
    }

    /// <param name="why">Why it ends at once; null: it ends by itself.</param>
    private async Task ForgetAsync(SlimSession session, string? why)
    {
        if (why is not null)
            await session.EndAsync(why).ConfigureAwait(false);
        SlimLog.Ended(_parts.Logger, session.Id, await session.Closed.ConfigureAwait(false));
        await session.DisposeAsync().ConfigureAwait(false);
        _sessions.Remove(session);
    }

    private async Task RunAsync()
    {
        try
        {
            await foreach (var envelope in _parts.Link.ReadAllAsync(_stop.Token).ConfigureAwait(false))
                await HandleAsync(envelope).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Disposed.
        }
        finally
        {
            // Without the link nothing more can come of them.
            _entered.Writer.TryComplete();
            foreach (var session in _sessions.Close())
                await session.EndAsync("the link has ended").ConfigureAwait(false);
        }
    }

    private async Task HandleAsync(Envelope envelope)
    {
        try
        {
            var from = _incoming.Verify(envelope);
            if (Command.TypeOf(envelope) == SessionMessageType.DiscoveryRequest)
                await AnswerDiscoveryAsync(envelope).ConfigureAwait(false);
            else if (_sessions.Find(envelope) is { } session)
                await session.HandleAsync(envelope, from, _stop.Token).ConfigureAwait(false);
            else if (Command.TypeOf(envelope) == SessionMessageType.JoinRequest)
                await BeginAsync(envelope, from).ConfigureAwait(false);
            else
                SlimLog.Dropped(_parts.Logger, envelope.Session.SessionId, envelope.Source.ToString(), "there is no such session");
        }
        catch (Exception e) when (e is SlimException or MlsException)
        {
            SlimLog.Dropped(_parts.Logger, envelope.Session.SessionId, envelope.Source.ToString(), e.Message);
        }
    }

    private ValueTask AnswerDiscoveryAsync(Envelope request)
    {
        RequireOwn(request.Destination);
        return _parts.Link.PublishAsync(Discovering.Answer(_parts, request), _stop.Token);
    }

    private async Task BeginAsync(Envelope request, SlimPeer from)
    {
        RequireOwn(request.Destination);
        var state = Joining.Begin(_parts, request);
        if (WhyNotToJoin(state) is { } reason)
        {
            state.Dispose();
            SlimLog.NotJoined(_parts.Logger, request.Session.SessionId, request.Source.ToString(), reason);
            return;
        }
        var session = Keep(new SlimSession(state, entered => _entered.Writer.TryWrite(entered)));
        await session.HandleAsync(request, from, _stop.Token).ConfigureAwait(false);
    }

    /// <summary>Invitations have bounds: those of one inviter, by the id that its token proves, and those of all.</summary>
    private string? WhyNotToJoin(SessionState state)
    {
        var sessions = _sessions.All;
        return !state.Terms.Encrypted && !_acceptsUnencrypted ? "it is not encrypted"
            : sessions.Count >= MaxSessions ? $"this agent is in {MaxSessions} sessions"
            : sessions.Count(session => session.IsPending && session.InviterId == state.Moderator!.Id) >= MaxPending ? $"{MaxPending} of its invitations wait for their welcome"
            : _entered.Reader.Count >= MaxNotAccepted ? $"{MaxNotAccepted} sessions wait to be accepted"
            : sessions.Any(session => session.SharesChannels(state)) ? "another session has its channel"
            : null;
    }

    private void RequireOwn(SlimName destination)
    {
        if (MemberKey.Of(destination).AnyId != MemberKey.Of(_parts.Own).AnyId)
            throw new SlimException(SlimError.ProtocolViolation, $"{destination} is not this agent.");
    }

    private static SlimNameId RandomId() => new((ulong)Random.Shared.NextInt64(long.MaxValue), (ulong)Random.Shared.NextInt64());
}
