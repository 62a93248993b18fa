using System.Diagnostics;
using Skytale.Protocol.Transport;
using Skytale.Quic;
using Skytale.RelayLink;

namespace Skytale.Benchmarks.Relay;

/// <summary>A relay, a sender in this process and receivers in another.</summary>
internal sealed class Party : IAsyncDisposable
{
    /// <summary>Messages that may be under way: sent, and not yet with every receiver.</summary>
    private const int Window = 512;

    private readonly ITransport _transport = QuicTransport.Create();
    private RelayProcess? _relay;
    private RelayConnection? _sender;
    private Room? _room;
    private Receivers? _receivers;

    private Party(int members) => Members = members;

    public int Members { get; }

    public static async Task<Party> MeetAsync(LogKind log, int members)
    {
        var party = new Party(members);
        try
        {
            var relay = party._relay = await RelayProcess.StartAsync(log);
            var sender = Member.Create(relay.Issuer);
            var others = Enumerable.Range(0, members).Select(_ => Member.Create(relay.Issuer)).ToList();
            party._sender = await sender.ConnectAsync(party._transport, relay.Place);
            party._room = await Room.CreateAsync(party._sender, sender, others);
            party._receivers = await Receivers.StartAsync(relay, party._room, others);
            return party;
        }
        catch
        {
            await party.DisposeAsync();
            throw;
        }
    }

    /// <summary>Sends as fast as the slowest receiver takes them.</summary>
    /// <returns>Deliveries a second, from the first message sent to the last one received.</returns>
    public async Task<double> DeliverAsync(int messages)
    {
        await _receivers!.ExpectAsync(messages);
        using var room = new SemaphoreSlim(Window);
        var had = 0;
        var following = _receivers.FollowAsync(have =>
        {
            room.Release(have - had);
            had = have;
        });
        var sending = new Task[messages];
        var begun = Stopwatch.GetTimestamp();
        for (var i = 0; i < messages; i++)
        {
            if (!room.Wait(0))
                await await Task.WhenAny(room.WaitAsync(), following);
            sending[i] = _room!.SendAsync();
        }
        var received = await following;
        await Task.WhenAll(sending);
        return (double)messages * Members / Stopwatch.GetElapsedTime(begun, received.LastAt).TotalSeconds;
    }

    /// <summary>Sends at an even rate.</summary>
    public async Task<Received> PaceAsync(int messages, int perSecond)
    {
        await _receivers!.ExpectAsync(messages);
        var following = _receivers.FollowAsync(_ => { });
        var sending = new Task[messages];
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < messages; i++)
        {
            while (clock.Elapsed.TotalSeconds * perSecond < i)
                Thread.Sleep(TimeSpan.FromMicroseconds(200));
            sending[i] = _room!.SendAsync();
        }
        var received = await following;
        await Task.WhenAll(sending);
        return received;
    }

    public async ValueTask DisposeAsync()
    {
        if (_receivers is not null)
            await _receivers.DisposeAsync();
        if (_sender is not null)
            await _sender.DisposeAsync();
        await _transport.DisposeAsync();
        if (_relay is not null)
            await _relay.DisposeAsync();
    }
}
