using System.Collections.Concurrent;
using Skytale.Protocol.Envelopes;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>HEARTBEAT: every participant says every ten seconds that it is there, unless it has sent something else; who is silent for three of them is away.</summary>
internal sealed class Heartbeats(SessionState session)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    private const int MissedUntilOffline = 3;

    /// <summary>The epoch where there is none.</summary>
    private const ulong NotEncrypted = ulong.MaxValue;

    private readonly ConcurrentDictionary<MemberKey, int> _missed = new();

    /// <summary>Anything from a participant says that it is there.</summary>
    public void Heard(SlimName from)
    {
        _missed[MemberKey.Of(from)] = 0;
        session.Roster.SetOnline(from, isOnline: true);
    }

    /// <summary>Runs until the session ends.</summary>
    public async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Interval, session.Agent.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(session.Ended).ConfigureAwait(false))
            {
                Count();
                await BeatAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (session.Ended.IsCancellationRequested)
        {
            // The session is over.
        }
    }

    private void Count()
    {
        foreach (var member in session.Roster.Others)
        {
            if (_missed.AddOrUpdate(MemberKey.Of(member.Name), 1, (_, missed) => missed + 1) >= MissedUntilOffline)
                session.Roster.SetOnline(member.Name, isOnline: false);
        }
    }

    private async Task BeatAsync()
    {
        var isDue = !session.HasSent && session.Roster.Others.Count > 0;
        session.HasSent = false;
        if (!isDue)
            return;
        var payload = new CommandPayload { Heartbeat = new Heartbeat { Epoch = session.Keys?.Epoch ?? NotEncrypted } };
        var command = new Command(session.Control, SessionMessageType.Heartbeat, SessionState.NewMessageId(), payload) { Fanout = session.Terms.IsGroup ? Outgoing.Everybody : 1 };
        await session.PublishAsync(command, session.Ended).ConfigureAwait(false);
    }
}
