using System.Collections.Concurrent;
using Skytale.Protocol.Envelopes;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>
/// HEARTBEAT: every participant says every ten seconds that it is there, unless it has sent something else; who is silent for
/// three of them is away. A session of others' in which nobody is heard for as long as a relay keeps what waits is over.
/// </summary>
internal sealed class Heartbeats(SessionState session)
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    /// <summary>Of nobody else: ten minutes.</summary>
    public const int MissedUntilTheEnd = 60;

    private const int MissedUntilOffline = 3;

    /// <summary>The epoch where there is none.</summary>
    private const ulong NotEncrypted = ulong.MaxValue;

    private readonly ConcurrentDictionary<MemberKey, int> _missed = new();
    private volatile int _silent;

    /// <summary>Anything from a participant says that it is there; whether it can follow, its heartbeats say.</summary>
    public void Heard(Envelope envelope)
    {
        _missed[MemberKey.Of(envelope.Source)] = 0;
        _silent = 0;
        if (Command.TypeOf(envelope) != SessionMessageType.Heartbeat || EpochOf(envelope) == Epoch)
            session.Roster.SetOnline(envelope.Source, isOnline: true);
    }

    /// <summary>The epoch that a heartbeat says its sender to be in.</summary>
    /// <exception cref="SlimException"><see cref="SlimError.ProtocolViolation"/>.</exception>
    public static ulong EpochOf(Envelope heartbeat) => Command.Read(heartbeat).Heartbeat?.Epoch
        ?? throw new SlimException(SlimError.ProtocolViolation, $"A HEARTBEAT of {heartbeat.Source} says nothing.");

    /// <summary>This agent's epoch, as heartbeats say it.</summary>
    public ulong Epoch => session.Keys?.Epoch ?? NotEncrypted;

    /// <summary>Runs until the session ends.</summary>
    /// <param name="onSilence">Ends it.</param>
    public async Task RunAsync(Func<Task> onSilence)
    {
        using var timer = new PeriodicTimer(Interval, session.Agent.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(session.Ended).ConfigureAwait(false))
            {
                if (Count() >= MissedUntilTheEnd)
                {
                    await onSilence().ConfigureAwait(false);
                    return;
                }
                await BeatAsync().ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (session.Ended.IsCancellationRequested)
        {
            // The session is over.
        }
    }

    /// <returns>For how many beats nobody else was heard.</returns>
    private int Count()
    {
        var others = session.Roster.Others;
        foreach (var member in others)
        {
            if (_missed.AddOrUpdate(MemberKey.Of(member.Name), 1, (_, missed) => missed + 1) >= MissedUntilOffline)
                session.Roster.SetOnline(member.Name, isOnline: false);
        }
        foreach (var gone in _missed.Keys.Except(others.Select(member => MemberKey.Of(member.Name))))
            _missed.TryRemove(gone, out _);
        return _silent = others.Count == 0 || session.IsModerator ? 0 : _silent + 1;
    }

    private async Task BeatAsync()
    {
        var isDue = !session.HasSent && session.Roster.Others.Count > 0;
        session.HasSent = false;
        if (!isDue)
            return;
        var payload = new CommandPayload { Heartbeat = new Heartbeat { Epoch = Epoch } };
        var command = new Command(session.Control, SessionMessageType.Heartbeat, SessionState.NewMessageId(), payload) { Fanout = session.Terms.IsGroup ? Outgoing.Everybody : 1 };
        await session.PublishAsync(command, session.Ended).ConfigureAwait(false);
    }
}
