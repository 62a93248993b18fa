using System.Collections.Concurrent;
using Skytale.Agent.Channels;
using Skytale.Agent.Keys;
using Skytale.Agent.Storage;
using Skytale.Mls;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;
using Skytale.RelayLink;
using Skytale.Sdk;

namespace Skytale.Agent;

/// <summary>A running agent: its channels on one link to a relay. Made by <see cref="Open"/>, started by <see cref="StartAsync"/>.</summary>
public sealed partial class AgentRuntime : IAsyncDisposable
{
    private static readonly TimeSpan BetweenSubscriptions = TimeSpan.FromMilliseconds(500);

    private readonly AgentContext _context;
    private readonly KeyPackageSupply _supply;
    private readonly ConcurrentDictionary<ChannelId, SkytaleChannel> _channels = new();
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _creating = new(1, 1);
    private readonly SemaphoreSlim _entering = new(1, 1);
    private readonly List<ChannelSession> _superseded = [];
    private int _connections;
    private (RelayConnection Connection, CancellationToken Ended, List<Task> Receiving)? _live;
    private TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AgentRuntime(AgentContext context)
    {
        _context = context;
        _supply = new KeyPackageSupply(context);
    }

    /// <summary>Who this agent is.</summary>
    public AgentId Id => _context.Identity.Id;

    /// <summary>The connection that lives now, or null.</summary>
    public RelayConnection? Connection
    {
        get
        {
            lock (_gate)
                return _live?.Connection;
        }
    }

    /// <summary>The channels that this agent is in, or was removed from and has not read to their end.</summary>
    public IReadOnlyCollection<SkytaleChannel> Channels => [.. _channels.Values.Where(channel => !channel.Session.IsOver)];

    /// <summary>Brings back everything that the store holds; nothing is connected yet. The runtime owns identity, store and link.</summary>
    /// <param name="transport">Carries the link; the caller's.</param>
    /// <param name="dial">Asked before each connection.</param>
    /// <exception cref="SkytaleException"><see cref="SkytaleError.StoreCorrupt"/>.</exception>
    public static AgentRuntime Open(AgentParts parts, ITransport transport, Func<CancellationToken, Task<RelayDial>> dial)
    {
        AgentRuntime? runtime = null;
        var link = new RelayLink.RelayLink(
            transport, dial, (connection, ended) => runtime!.ServeAsync(connection, ended), lost => AgentLog.LinkLost(parts.Logger, lost.Message));
        var context = new AgentContext(parts.Store, parts.Identity, parts.Time, parts.Random, parts.Logger) { Link = link, KeyRotation = parts.KeyRotation, Padding = parts.Padding };
        runtime = new AgentRuntime(context);
        try
        {
            runtime.Restore();
        }
        catch (MlsException e)
        {
            throw new SkytaleException(SkytaleError.StoreCorrupt, $"The store holds a channel that cannot be read: {e.Message}", "Restore the store from a copy.", inner: e);
        }
        return runtime;
    }

    /// <summary>Connects. From then on the link heals by itself and every channel resumes.</summary>
    /// <exception cref="SkytaleException">The first connection failed.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await _context.Link.StartAsync(cancellationToken).ConfigureAwait(false) is { } refusal)
                throw refusal.ToException();
        }
        catch (Exception e) when (e is TransportException or ProtocolException)
        {
            throw e.ToSkytale();
        }
        await TopUpAsync(cancellationToken).ConfigureAwait(false);
        foreach (var intent in _context.Store.ReadIntents())
        {
            using (intent)
                await ResumeCreationAsync(intent, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Creates a channel with this agent as its only member.</summary>
    /// <exception cref="SkytaleException">Why it was not created.</exception>
    public async Task<SkytaleChannel> CreateChannelAsync(ChannelName name, CancellationToken cancellationToken)
    {
        await _creating.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Joined(name) is not null)
                throw new SkytaleException(SkytaleError.AlreadyExists, $"This agent is in {name} already.", "");
            var creating = new Creating(_context);
            using var intent = Unfinished(name) ?? creating.Prepare(name);
            return Enter(await creating.FinishAsync(intent, cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            _creating.Release();
        }
    }

    /// <summary>The channel of a name, once this agent is in it: at once, or when a Welcome comes.</summary>
    public async Task<SkytaleChannel> JoinAsync(ChannelName name, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task entered;
            lock (_gate)
                entered = _entered.Task;
            if (Joined(name) is { } channel)
                return channel;
            await entered.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A channel that this agent is a member of and whose state it has lost: asks to be added again, until a Welcome comes.</summary>
    /// <exception cref="SkytaleException">The relay refuses: this agent is no member.</exception>
    public async Task<SkytaleChannel> RecoverAsync(ChannelId channel, CancellationToken cancellationToken)
    {
        var trouble = new ChannelTrouble();
        trouble.NeedReAdding(ReAddingReason.LostState, _context.Time.GetUtcNow());
        while (true)
        {
            Task entered;
            lock (_gate)
                entered = _entered.Task;
            if (_channels.TryGetValue(channel, out var found))
                return found;
            if (trouble.AskAt <= _context.Time.GetUtcNow())
            {
                var (epoch, refusal) = await new Asking(_context, channel).AskAsync(ReAddingReason.LostState, cancellationToken).ConfigureAwait(false);
                if (refusal is not null && refusal.Code != ErrorCode.RateLimited)
                    throw refusal.ToException();
                trouble.Asked(epoch, _context.Time.GetUtcNow());
            }
            await Task.WhenAny(entered, Task.Delay(trouble.AskAt - _context.Time.GetUtcNow(), _context.Time, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Opens a link of SLIM names on the connection that lives, or the next one.</summary>
    /// <exception cref="SkytaleException">The relay refuses, or the connection ended meanwhile.</exception>
    public async Task<SlimLink> OpenSlimLinkAsync(CancellationToken cancellationToken)
    {
        try
        {
            var connection = await _context.Link.ConnectionAsync(cancellationToken).ConfigureAwait(false);
            var opened = await connection.OpenSlimLinkAsync(token: null, cancellationToken).ConfigureAwait(false);
            return opened.IsSuccess ? opened.Value : throw opened.Refusal.ToException();
        }
        catch (Exception e) when (e is TransportException or ProtocolException)
        {
            throw e.ToSkytale();
        }
    }

    /// <summary>The channel of a name, of those in <see cref="Channels"/>; or null.</summary>
    public SkytaleChannel? Find(ChannelName name) => Channels.FirstOrDefault(channel => channel.Name == name);

    private SkytaleChannel? Joined(ChannelName name) => Channels.FirstOrDefault(channel => channel.Name == name && !channel.Session.IsRemoved);

    /// <summary>Ends the link, tells whoever waits in a channel, stores what is left to store and closes the store.</summary>
    public async ValueTask DisposeAsync()
    {
        await _context.Link.DisposeAsync().ConfigureAwait(false);
        foreach (var join in _joins.Values)
            join.Stop();
        AgentTelemetry.ChannelsChanged(-_channels.Count);
        foreach (var session in _channels.Values.Select(channel => channel.Session).Concat(_superseded))
            await CloseAsync(session).ConfigureAwait(false);
        _context.Store.Dispose();
        _context.Identity.Dispose();
    }

    /// <summary>A creation of this name whose caller gave up or lost the connection: the relay may have carried it out, so it is repeated.</summary>
    private ChannelIntent? Unfinished(ChannelName name)
    {
        ChannelIntent? found = null;
        foreach (var intent in _context.Store.ReadIntents())
        {
            if (found is null && intent.Name == name)
                found = intent;
            else
                intent.Dispose();
        }
        return found;
    }

    // Whoever waits in the channel is told, whoever comes later too: nothing touches what is disposed here.
    private static Task<bool> CloseAsync(ChannelSession session) => session.LockedAsync(
        () =>
        {
            TrySettle(session);
            session.Failure ??= new SkytaleException(SkytaleError.ConnectionLost, "The agent was disposed.", "Connect it again.");
            session.Dispose();
            session.SignalChange();
            return true;
        },
        CancellationToken.None);

    private static void TrySettle(ChannelSession session)
    {
        try
        {
            session.Progress.Settle();
        }
        catch (SkytaleException e)
        {
            // The next run begins where the store is.
            AgentLog.ReceivingFailed(session.Context.Logger, session.Id.ToString(), e.Message);
        }
    }

    private void Restore()
    {
        foreach (var stored in _context.Store.ReadChannels())
        {
            using (stored)
                _channels[stored.Channel] = new SkytaleChannel(ChannelSession.Restore(_context, stored));
            AgentTelemetry.ChannelsChanged(1);
        }
        RestoreJoins();
    }

    /// <summary>Runs while a connection lives: every channel receives, Welcomes are taken.</summary>
    private async Task ServeAsync(RelayConnection connection, CancellationToken ended)
    {
        var receiving = new List<Task>();
        AgentLog.Connected(_context.Logger, connection.Relay, connection.RemoteEndPoint, connection.Kind.InWords());
        lock (_gate)
        {
            _live = (connection, ended, receiving);
            foreach (var channel in _channels.Values)
                receiving.Add(ReceiveAsync(channel, connection, ended));
            foreach (var join in _joins.Values)
                receiving.Add(join.RunAsync(ended));
            // A relay that was started anew has none of this agent's key packages.
            AgentTelemetry.Connected(again: _connections > 0);
            if (_connections++ > 0)
                receiving.Add(TopUpAgainAsync(ended));
        }
        try
        {
            await foreach (var welcome in connection.Welcomes.ReadAllAsync(ended).ConfigureAwait(false))
                await TakeWelcomeAsync(welcome, connection, ended).ConfigureAwait(false);
        }
        catch
        {
            // Without Welcomes the connection is half of one: the channels' parts end with it.
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            lock (_gate)
                _live = null;
            await Task.WhenAll(receiving).ConfigureAwait(false);
        }
    }

    private async Task ReceiveAsync(SkytaleChannel channel, RelayConnection connection, CancellationToken ended)
    {
        try
        {
            while (true)
            {
                try
                {
                    await channel.Receiving.RunAsync(connection, channel.ResumeAsync, ended).ConfigureAwait(false);
                    return;
                }
                catch (SkytaleException e) when (e.Refusal == ErrorCode.Unavailable)
                {
                    AgentLog.Unavailable(_context.Logger, e.Message);
                }
                catch (TransportException e) when (e.Error == TransportError.StreamReset)
                {
                    AgentLog.DeliveryReset(_context.Logger, channel.Id.ToString(), e.Message); // This channel's alone: what became of it, the next answer says.
                }
                await Task.Delay(BetweenSubscriptions, _context.Time, ended).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is TransportException or OperationCanceledException)
        {
            // The connection is gone: the next one goes on where this one stopped.
        }
        catch (Exception e) when (e is ProtocolException or SkytaleException)
        {
            AgentLog.ReceivingFailed(_context.Logger, channel.Id.ToString(), e.Message);
        }
    }

    private async Task TopUpAgainAsync(CancellationToken ended)
    {
        try
        {
            await TopUpAsync(ended).ConfigureAwait(false);
        }
        catch (SkytaleException e)
        {
            AgentLog.TopUpRefused(_context.Logger, e.Message);
        }
        catch (OperationCanceledException)
        {
            // The connection is gone: the next one tops up.
        }
    }

    private async Task TopUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _supply.TopUpAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SkytaleException e) when (e.Error == SkytaleError.Refused)
        {
            AgentLog.TopUpRefused(_context.Logger, e.Message);
        }
    }

    private async Task ResumeCreationAsync(ChannelIntent intent, CancellationToken cancellationToken)
    {
        try
        {
            Enter(await new Creating(_context).FinishAsync(intent, cancellationToken).ConfigureAwait(false));
        }
        catch (SkytaleException e) when (e.Error == SkytaleError.Refused)
        {
            AgentLog.CreationRefused(_context.Logger, intent.Channel.ToString(), e.Message);
        }
    }

    private SkytaleChannel Enter(ChannelSession session)
    {
        var channel = new SkytaleChannel(session);
        lock (_gate)
        {
            if (_channels.TryGetValue(session.Id, out var before))
                _superseded.Add(before.Session);
            else
                AgentTelemetry.ChannelsChanged(1);
            _channels[session.Id] = channel;
            if (_live is { } live)
                live.Receiving.Add(ReceiveAsync(channel, live.Connection, live.Ended));
            _entered.SetResult();
            _entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        return channel;
    }
}
