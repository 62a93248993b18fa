using Microsoft.Extensions.Time.Testing;
using Skytale.Protocol.Envelopes;
using Skytale.Sdk.Slim;
using Skytale.Sdk.Slim.Sessions;
using Skytale.SlimWire.Messages;
using Skytale.Tests.Kit;

namespace Skytale.Tests;

public sealed class HeartbeatTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact(Timeout = 20_000)]
    public async Task Who_has_been_silent_for_three_beats_is_waited_for_no_more()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var parties = new Parties { Time = time };
        var moderator = await parties.OpenAsync("org/ns/moderator");
        var alice = await parties.OpenAsync("org/ns/alice");
        var room = moderator.CreateGroup("org/ns/room", new SlimSessionOptions { Encrypted = false });
        await room.InviteAsync("org/ns/alice", Cancelled);
        await alice.AcceptAsync(Cancelled);
        await alice.DisposeAsync();

        for (var beat = 1; beat <= 3; beat++)
        {
            time.Advance(Heartbeats.Interval);
            while (parties.Node.Published.Count(IsBeat) < beat)
                await Task.Delay(5, Cancelled);
        }

        // The clock stands: whoever waited for an acknowledgement would wait for ever.
        await room.SendAsync("to those who are there"u8.ToArray(), cancellationToken: Cancelled);

        bool IsBeat(Envelope envelope) => Command.TypeOf(envelope) == SessionMessageType.Heartbeat && envelope.Source == moderator.Name;
    }
}
