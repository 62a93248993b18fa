using System.Collections.Concurrent;
using Skytale.Protocol.Frames;
using Skytale.Sdk;
using Skytale.Tcp;

namespace Skytale.Tests.Kit;

/// <summary>Agents in one channel, by the order of their leaves, each of which can go away and come back.</summary>
internal sealed class Party : IAsyncDisposable
{
    private readonly World _world;
    private readonly List<Guest> _guests = [];

    private Party(World world) => _world = world;

    public Guest this[int leaf] => _guests[leaf];

    public static async Task<Party> OfAsync(World world, int members)
    {
        var party = new Party(world);
        for (var i = 0; i < members; i++)
            party._guests.Add(await Guest.ComeAsync(world, $"guest-{i}"));
        var first = await party[0].Agent.CreateChannelAsync($"{world.Org}/team/general");
        party[0].Enter(first);
        foreach (var guest in party._guests.Skip(1))
        {
            await first.AddMemberAsync(guest.Agent.Id).Soon();
            guest.Enter(await guest.Agent.JoinAsync(first.Name.ToString()).Soon());
        }
        await party.TogetherAsync();
        return party;
    }

    /// <summary>Returns when all, or these, are in the same epoch of the same group, with the same members, and go on.</summary>
    public async Task TogetherAsync(params int[] leaves)
    {
        var guests = leaves.Length > 0 ? [.. leaves.Select(leaf => _guests[leaf])] : _guests;
        using var patience = new CancellationTokenSource(Reading.Patience);
        while (!guests.All(guest => guest.IsSteady) || guests.Select(guest => guest.Authenticator).Distinct().Count() > 1)
            await Task.Delay(10, patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (patience.IsCancellationRequested)
            throw new ShouldAssertException("They do not come together: " + string.Join(", ", guests.Select(guest => guest.ToString())));
        foreach (var guest in guests)
            guest.Channel.Members.Count.ShouldBe(_guests.Count);
    }

    /// <summary>One of them speaks, the others hear that and nothing else.</summary>
    public async Task HearAsync(int speaker, string text, params int[] leaves)
    {
        await _guests[speaker].Channel.SendAsync(text).Soon();
        foreach (var guest in leaves.Length > 0 ? [.. leaves.Select(leaf => _guests[leaf])] : _guests.Where((_, leaf) => leaf != speaker))
            (await guest.Channel.TakeAsync(1)).ShouldBe([text], guest.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var guest in _guests)
            await guest.DisposeAsync();
    }
}

/// <summary>One of them.</summary>
internal sealed class Guest(World world, AgentHome home) : IAsyncDisposable
{
    private SkytaleAgent? _agent;
    private SkytaleChannel? _channel;
    private RewritingTransport? _transport;

    public AgentHome Home => home;

    public SkytaleAgent Agent => _agent ?? throw new InvalidOperationException("Away.");

    public SkytaleChannel Channel => _channel ?? throw new InvalidOperationException("Away.");

    /// <summary>What befell the channel since this guest came.</summary>
    public ConcurrentQueue<EventArgs> Events { get; } = new();

    /// <summary>Of those, what is not who came and went.</summary>
    public IEnumerable<EventArgs> Troubles => Events.Where(happened => happened is not (MemberJoined or MemberRemoved or MemberLeft or PolicyChanged));

    public bool IsSteady => Channel.Session.Trouble.IsOver && Channel.Session.Failure is null;

    public string Authenticator
    {
        get
        {
            using var authenticator = Channel.Session.Head.Group.EpochAuthenticator;
            return $"{Channel.Epoch} {Convert.ToHexString(authenticator.Span)}";
        }
    }

    public static async Task<Guest> ComeAsync(World world, string name)
    {
        var guest = new Guest(world, await world.CreateAgentAsync(name));
        await guest.ComeAsync();
        return guest;
    }

    /// <param name="rewrite">What the relay's frames become on their way to this guest; null: what they are.</param>
    public Task ComeAsync(Func<Frame, Frame?>? rewrite = null) => ComeOverAsync(rewrite is null ? null : new RewritingTransport(new TlsTransport(), rewrite));

    /// <param name="rewrite">What the relay's frames become on their way to this guest.</param>
    public Task ComeAsync(Func<Frame, IEnumerable<Frame>> rewrite) => ComeOverAsync(new RewritingTransport(new TlsTransport(), rewrite));

    private async Task ComeOverAsync(RewritingTransport? transport)
    {
        var channel = _channel?.Name.ToString();
        _transport = transport;
        _agent = await world.ConnectAsync(home, transport: _transport);
        if (channel is not null)
            Enter(_agent.FindChannel(channel).ShouldNotBeNull());
    }

    public async Task LeaveAsync()
    {
        if (_agent is not null)
            await _agent.DisposeAsync();
        if (_transport is not null)
            await _transport.DisposeAsync();
        (_agent, _transport) = (null, null);
    }

    public void Enter(SkytaleChannel channel)
    {
        _channel = channel;
        channel.Happened += (_, happened) => Events.Enqueue(happened);
        channel.MessagesMissed += (_, missed) => Events.Enqueue(missed);
        channel.MessageRejected += (_, rejected) => Events.Enqueue(rejected);
    }

    /// <summary>Returns when an event of this kind was raised.</summary>
    public async Task<T> SeenAsync<T>() where T : EventArgs
    {
        using var patience = new CancellationTokenSource(Reading.Patience);
        while (true)
        {
            if (Events.OfType<T>().FirstOrDefault() is { } seen)
                return seen;
            await Task.Delay(10, patience.Token);
        }
    }

    public ValueTask DisposeAsync() => new(LeaveAsync());

    public override string ToString() => _channel is null ? home.Name :
        $"{home.Name}: {(_agent is null ? "away " : "")}{Authenticator[..12]}, {Channel.Members.Count} members, failed {Channel.Session.Trouble.Failed?.Why.Message}, re-adding {Channel.Session.Trouble.ReAdding}, {Channel.Session.Failure?.Message}";
}
