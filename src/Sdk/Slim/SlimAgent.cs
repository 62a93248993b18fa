using System.Collections.Concurrent;
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

    private readonly AgentParts _parts;
    private readonly Incoming _incoming;
    private readonly ConcurrentDictionary<uint, SlimSession> _sessions = new();
    private readonly Channel<SlimSession> _entered = Channel.CreateUnbounded<SlimSession>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private Task _running = Task.CompletedTask;
    private int _disposed;

    private SlimAgent(AgentParts parts)
    {
        _parts = parts;
        _incoming = new Incoming(parts.Identity, parts.Time);
    }

    /// <summary>This agent's name, with its id.</summary>
    public SlimName Name => _parts.Own;

    /// <summary>The sessions that this agent is in or is entering.</summary>
    public IReadOnlyCollection<SlimSession> Sessions => [.. _sessions.Values.Where(session => !session.Closed.IsCompleted)];

    /// <summary>Subscribes the agent's name; from then on it answers.</summary>
    /// <exception cref="SlimException"><see cref="SlimError.InvalidArgument"/> or <see cref="SlimError.Refused"/>: the name.</exception>
    public static async Task<SlimAgent> OpenAsync(SlimAgentOptions options, CancellationToken cancellationToken = default)
    {
        var own = Parse(options.Name) with { Id = SlimNameId.OfText(options.Identity.Subject) };
        var logger = (options.Logging ?? NullLoggerFactory.Instance).CreateLogger("Skytale.Slim");
        var agent = new SlimAgent(new AgentParts(own, options.Identity, options.Link, options.Time ?? TimeProvider.System, logger));
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
    /// <param name="channel">The name under which its channels lie, <c>org/namespace/channel</c>.</param>
    /// <exception cref="SlimException"><see cref="SlimError.InvalidArgument"/>.</exception>
    public SlimSession CreateGroup(string channel, SlimSessionOptions? options = null)
    {
        var name = Parse(channel);
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
        foreach (var session in _sessions.Values)
            await session.DisposeAsync().ConfigureAwait(false);
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
            if (_sessions.ContainsKey(terms.Id))
                continue;
            return Keep(new SlimSession(new SessionState(_parts, terms, _parts.Own, moderator: null, data, control)));
        }
    }

    private SlimSession Keep(SlimSession session)
    {
        _sessions[session.Id] = session;
        _ = ForgetAsync(session);
        return session;
    }

    private async Task ForgetAsync(SlimSession session)
    {
        var why = await session.Closed.ConfigureAwait(false);
        SlimLog.Ended(_parts.Logger, session.Id, why);
        _sessions.TryRemove(KeyValuePair.Create(session.Id, session));
        await session.DisposeAsync().ConfigureAwait(false);
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
            _entered.Writer.TryComplete();
        }
    }

    private async Task HandleAsync(Envelope envelope)
    {
        try
        {
            var from = _incoming.Verify(envelope);
            if (Command.TypeOf(envelope) == SessionMessageType.DiscoveryRequest)
                await AnswerDiscoveryAsync(envelope).ConfigureAwait(false);
            else if (_sessions.TryGetValue(envelope.Session.SessionId, out var session))
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
        if (_sessions.Count >= MaxSessions)
        {
            SlimLog.NotJoined(_parts.Logger, request.Session.SessionId, request.Source.ToString(), $"this agent is in {MaxSessions} sessions");
            return;
        }
        var session = Keep(new SlimSession(Joining.Begin(_parts, request), entered => _entered.Writer.TryWrite(entered)));
        await session.HandleAsync(request, from, _stop.Token).ConfigureAwait(false);
    }

    private void RequireOwn(SlimName destination)
    {
        if (MemberKey.Of(destination).AnyId != MemberKey.Of(_parts.Own).AnyId)
            throw new SlimException(SlimError.ProtocolViolation, $"{destination} is not this agent.");
    }

    private static SlimNameId RandomId() => new((ulong)Random.Shared.NextInt64(long.MaxValue), (ulong)Random.Shared.NextInt64());
}
