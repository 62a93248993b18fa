using System.Diagnostics;
using System.Security.Cryptography;
using Skytale.Agent;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;
using Skytale.RelayLink;

namespace Skytale.Sdk;

/// <summary>An agent, connected to its relay. All members may be called concurrently.</summary>
public sealed partial class SkytaleAgent : IAsyncDisposable
{
    private readonly AgentRuntime _runtime;
    private readonly AgentSetup _setup;
    private readonly string? _org;
    private int _disposed;

    private SkytaleAgent(AgentRuntime runtime, AgentSetup setup)
    {
        _runtime = runtime;
        _setup = setup;
        _org = setup.Org;
    }

    /// <summary>The agent's did:key.</summary>
    public AgentId Id => _runtime.Id;

    /// <summary>The connection that lives now; null while there is none and the next is made.</summary>
    public AgentConnection? Connection => _runtime.Connection is { } live ? new AgentConnection(live.Relay, live.RemoteEndPoint, live.Kind) : null;

    /// <summary>The channels that this agent is in, or was removed from and has not read to their end.</summary>
    public IReadOnlyCollection<SkytaleChannel> Channels => _runtime.Channels;

    /// <summary>Creates a channel with this agent as its only member.</summary>
    /// <param name="name">org/namespace/service; the org must belong to the agent's account, and where it is left out is an organisation of that account.</param>
    /// <exception cref="SkytaleException">Why it was not created.</exception>
    public Task<SkytaleChannel> CreateChannelAsync(string name, CancellationToken cancellationToken = default) =>
        _runtime.CreateChannelAsync(Parse(name), cancellationToken);

    /// <summary>The channel of a name: at once when this agent is in it, else as soon as a member adds it.</summary>
    /// <exception cref="SkytaleException"><see cref="SkytaleError.InvalidArgument"/>.</exception>
    public Task<SkytaleChannel> JoinAsync(string name, CancellationToken cancellationToken = default) =>
        _runtime.JoinAsync(Parse(name), cancellationToken);

    /// <summary>
    /// Joins the channel of an invitation: asks its members, and waits until one of them that is connected admits this agent, however
    /// long that takes. The wish is in the store: it outlives this call, also when that is cancelled, the connection and the process, and
    /// ends with the invitation or by <see cref="CancelJoinAsync"/>; called again with the same invitation, this waits on.
    /// </summary>
    /// <param name="progress">Told what is waited for.</param>
    /// <exception cref="SkytaleException">
    /// <see cref="SkytaleError.InvalidArgument"/>: it is for another agent, or to a channel at another relay than this agent's;
    /// <see cref="SkytaleError.AlreadyExists"/>; <see cref="SkytaleError.Refused"/>: the invitation is over.
    /// </exception>
    public Task<SkytaleChannel> JoinAsync(Invitation invitation, IProgress<JoinProgress>? progress = null, CancellationToken cancellationToken = default) =>
        _runtime.JoinAsync(invitation, progress, cancellationToken);

    /// <summary>Waits no longer to join a channel, and forgets the invitation. A member may have admitted this agent already.</summary>
    /// <returns>False where this agent did not wait to join it.</returns>
    /// <exception cref="SkytaleException">The relay was not told.</exception>
    public Task<bool> CancelJoinAsync(ChannelId channel, CancellationToken cancellationToken = default) => _runtime.CancelJoinAsync(channel, cancellationToken);

    /// <summary>
    /// A channel that this agent is a member of and whose state its store has lost: the members are asked to add it again, which
    /// any of them does that is there. Messages from before then cannot be read.
    /// </summary>
    /// <exception cref="SkytaleException">The agent is no member of the channel.</exception>
    public Task<SkytaleChannel> RecoverChannelAsync(ChannelId channel, CancellationToken cancellationToken = default) =>
        _runtime.RecoverAsync(channel, cancellationToken);

    /// <summary>The channel of a name, or null when this agent is not in it and has nothing of it to read.</summary>
    /// <exception cref="SkytaleException"><see cref="SkytaleError.InvalidArgument"/>.</exception>
    public SkytaleChannel? FindChannel(string name) => _runtime.Find(Parse(name));

    /// <summary>How long a request to the relay and its answer take, which every send waits for at least.</summary>
    /// <exception cref="SkytaleException">There is no connection, or it ended meanwhile.</exception>
    public async Task<TimeSpan> MeasureRoundTripAsync(CancellationToken cancellationToken = default)
    {
        var connection = _runtime.Connection ?? throw new SkytaleException(SkytaleError.ConnectionLost, "There is no connection to the relay now.", "Try again.");
        // Of a channel that is nobody's: whatever the refusal, it comes at once.
        var nobodys = new ChannelId(RandomNumberGenerator.GetBytes(ChannelId.Size));
        var begun = Stopwatch.GetTimestamp();
        try
        {
            await connection.RequestAsync<CurrentGroupInfo>(id => new GetGroupInfo(id, nobodys), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TransportException or ProtocolException)
        {
            throw e.ToSkytale();
        }
        return Stopwatch.GetElapsedTime(begun);
    }

    /// <summary>Opens a link of SLIM names on this agent's connection: what the SLIM half of the SDK takes part in sessions by.</summary>
    /// <exception cref="SkytaleException">The relay refuses, or the connection ended meanwhile.</exception>
    public Task<SlimLink> OpenSlimLinkAsync(CancellationToken cancellationToken = default) => _runtime.OpenSlimLinkAsync(cancellationToken);

    /// <summary>Ends the connection and closes the store; what was not sent or acknowledged is there when the agent connects again.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        await _runtime.DisposeAsync().ConfigureAwait(false);
        await _setup.DisposeAsync().ConfigureAwait(false);
    }

    private ChannelName Parse(string name) => ChannelName.TryParse(_org is not null && name.Count(c => c == '/') == 1 ? $"{_org}/{name}" : name, out var parsed)
        ? parsed
        : throw new SkytaleException(SkytaleError.InvalidArgument, $"'{name}' is no channel name.", "A name reads org/namespace/service, in lowercase letters, digits and . _ -");
}
