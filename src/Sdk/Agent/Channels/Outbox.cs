using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;
using Skytale.RelayLink;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>
/// A channel's messages on their way out, in the order in which they came: many under way at once, all encrypted in one
/// epoch and sent over one connection. Where the relay refuses one, or the epoch or the connection ends, nothing more is sent
/// until all that is under way was answered; what was not accepted then goes first, under the same ids (a repeated id has
/// one effect), so that no message overtakes another. Any number of callers.
/// </summary>
internal sealed class Outbox(ChannelSession session)
{
    /// <summary>Messages under way at most.</summary>
    private const int Window = 512;

    /// <summary>Their bytes at most, unless one alone has more.</summary>
    private const int MaxBytes = 4 << 20;

    /// <summary>Encrypted while the session's gate is held once.</summary>
    private const int Together = 16;

    private const int MaxAttempts = 8;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>How long the relay may be unable to take messages, before their senders are told.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private readonly LinkedList<Outgoing> _waiting = [];
    private readonly Protecting _protecting = new(session);
    private readonly List<Outgoing> _underWay = [];
    private RelayConnection? _connection;
    private ulong _turns;
    private TaskCompletionSource? _wake;
    private bool _isRunning;
    private int _unanswered;
    private long _bytes;
    private bool _isDisturbed;
    private (long Since, TimeSpan Pause)? _busy;

    /// <summary>Completes when the relay has accepted the message.</summary>
    /// <exception cref="SkytaleException">Why it was not sent.</exception>
    public Task<SentMessage> SendAsync(Outgoing message, CancellationToken cancellationToken)
    {
        TaskCompletionSource? wake;
        bool isFirst;
        lock (_gate)
        {
            _waiting.AddLast(message);
            (wake, _wake) = (_wake, null);
            (isFirst, _isRunning) = (!_isRunning, true);
        }
        if (isFirst)
            Start();
        // It goes on here: to encrypt and send is this caller's work, as long as nothing else waits.
        wake?.SetResult();
        return message.Done.WaitAsync(cancellationToken);
    }

    /// <summary>It runs as long as the session is used by anybody, and belongs to no caller.</summary>
    private void Start()
    {
        using (ExecutionContext.SuppressFlow())
            _ = RunAsync();
    }

    private async Task RunAsync()
    {
        while (true)
        {
            await WaitForWorkAsync().ConfigureAwait(false);
            try
            {
                if (_isDisturbed)
                    await SettleAsync().ConfigureAwait(false);
                if (await TrySendSomeAsync().ConfigureAwait(false))
                    await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding); // What is left is not this caller's work.
            }
            catch (Exception e)
            {
                // What stops the first stops all behind it; whatever it is, nobody waits in vain.
                await AnsweredAsync().ConfigureAwait(false);
                FailAll(e is TransportException or ProtocolException ? e.ToSkytale() : e);
            }
        }
    }

    /// <summary>Until something waits and there is room for it, or something was refused.</summary>
    private async Task WaitForWorkAsync()
    {
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_isDisturbed || (_waiting.Count > 0 && _unanswered < Window && _bytes < MaxBytes))
                    return;
                // Without asynchronous continuations: whoever brings the work does it.
                changed = (_wake = new TaskCompletionSource()).Task;
            }
            await changed.ConfigureAwait(false);
        }
    }

    /// <returns>True when more waits.</returns>
    private async Task<bool> TrySendSomeAsync()
    {
        var batch = TakeBatch();
        if (batch.Count == 0)
            return false;
        try
        {
            var connection = await session.Context.Link.ConnectionAsync().ConfigureAwait(false);
            var turns = await _protecting.PrepareAsync(CancellationToken.None).ConfigureAwait(false);
            if (IsDisturbedBy(connection, turns) || !await _protecting.TryProtectAsync(batch, turns).ConfigureAwait(false))
                return false;
            (_connection, _turns) = (connection, turns);
            foreach (var message in batch)
                Send(message, connection);
            batch.Clear();
            lock (_gate)
                return _waiting.Count > 0;
        }
        finally
        {
            PutBack(batch);
        }
    }

    private List<Outgoing> TakeBatch()
    {
        var batch = new List<Outgoing>(Together);
        lock (_gate)
        {
            var bytes = _bytes;
            while (batch.Count < Together && _waiting.First is { Value: var message } && _unanswered + batch.Count < Window && (bytes == 0 || bytes + message.Size <= MaxBytes))
            {
                _waiting.RemoveFirst();
                if (message.IsGivenUp)
                    message.Fail(new OperationCanceledException());
                else
                    batch.Add(message);
                bytes += message.Size;
            }
        }
        return batch;
    }

    private void PutBack(List<Outgoing> batch)
    {
        lock (_gate)
        {
            for (var i = batch.Count - 1; i >= 0; i--)
                _waiting.AddFirst(batch[i]);
        }
    }

    private void Send(Outgoing message, RelayConnection connection)
    {
        lock (_gate)
        {
            if (_underWay.Count >= 2 * Window)
                _underWay.RemoveAll(known => known.Done.IsCompleted);
            _underWay.Add(message);
            _unanswered++;
            _bytes += message.Size;
        }
        message.Answered = FollowAsync(message, connection);
    }

    /// <summary>Hands the message over before it first waits: so the order of the calls is the order on the wire.</summary>
    private async Task FollowAsync(Outgoing message, RelayConnection connection)
    {
        (message.Refusal, message.Failure) = (null, null);
        try
        {
            var answer = await connection.RequestAsync<Accepted>(
                request => new SendMessage(request, session.Id, message.Id, message.Ciphertext.Memory)).ConfigureAwait(false);
            if (answer.IsSuccess)
                message.Accept(answer.Value.Sequence);
            else
                message.Refusal = answer.Refusal;
        }
        catch (Exception e)
        {
            message.Failure = e;
        }
        TaskCompletionSource? wake = null;
        lock (_gate)
        {
            _unanswered--;
            _bytes -= message.Size;
            _isDisturbed |= !message.Done.IsCompleted;
            if (_isDisturbed || (_waiting.Count > 0 && _unanswered <= Window / 2))
                (wake, _wake) = (_wake, null);
        }
        wake?.SetResult();
    }

    /// <summary>What is under way was sent in another epoch or over another connection, or something of it was refused: first it is known what became of it.</summary>
    private bool IsDisturbedBy(RelayConnection connection, ulong turns)
    {
        lock (_gate)
            return _isDisturbed |= _unanswered > 0 && (connection != _connection || turns != _turns);
    }

    private async Task AnsweredAsync()
    {
        Task[] answers;
        lock (_gate)
            answers = [.. _underWay.Select(message => message.Answered)];
        await Task.WhenAll(answers).ConfigureAwait(false);
    }

    /// <summary>Waits until everything under way was answered; what was not accepted is sent again, before what came later, or fails.</summary>
    private async Task SettleAsync()
    {
        await AnsweredAsync().ConfigureAwait(false);
        List<Outgoing> again;
        lock (_gate)
        {
            again = [.. _underWay.Where(message => !message.Done.IsCompleted)];
            _underWay.Clear();
            _isDisturbed = false;
        }
        await session.LockedAsync(() => again.Count(message => session.OwnMessages.Remove(message.Id)), CancellationToken.None).ConfigureAwait(false);
        var isStale = again.Any(message => message.Refusal?.Code == ErrorCode.StaleEpoch);
        var isBusy = again.Any(message => message.Refusal?.Code is ErrorCode.Unavailable or ErrorCode.RateLimited);
        var isLost = again.Any(message => message.Failure is not null);
        _busy = isBusy ? _busy ?? (session.Context.Time.GetTimestamp(), FirstPause) : null;
        PutBack([.. again.Where(MaySendAgain)]);
        if (isLost && _connection is { } connection)
            await connection.DisposeAsync().ConfigureAwait(false); // Its control stream is gone: nobody is to be given it again.
        if (_busy is var (since, pause))
        {
            // Not all who wait at the same moment.
            await Task.Delay(pause * (0.5 + (Random.Shared.NextDouble() / 2)), session.Context.Time).ConfigureAwait(false);
            _busy = (since, pause * 2 < LongestPause ? pause * 2 : LongestPause);
        }
        if (isStale)
            await Sending.WaitForTurnAsync(session, _turns, CancellationToken.None).ConfigureAwait(false);
    }

    private bool MaySendAgain(Outgoing message)
    {
        switch (message)
        {
            case { Failure: TransportException { Error: TransportError.Closed } lost }:
                AgentLog.Repeating(session.Context.Logger, ++message.Attempts, lost.Message);
                return message.Attempts < MaxAttempts || Failed(message, lost.ToSkytale());
            case { Failure: { } failure }:
                return Failed(message, failure is TransportException or ProtocolException ? failure.ToSkytale() : failure);
            case { Refusal.Code: ErrorCode.StaleEpoch }:
                return ++message.Lost < Contention.MaxLost || Failed(message, message.Refusal!.ToException());
            case { Refusal: { Code: ErrorCode.Unavailable or ErrorCode.RateLimited } busy }:
                AgentLog.Unavailable(session.Context.Logger, busy.Detail);
                return session.Context.Time.GetElapsedTime(_busy!.Value.Since) <= Patience || Failed(message, busy.ToException());
            case { Refusal: { } refusal }:
                return Failed(message, refusal.ToException());
            default:
                throw new InvalidOperationException("A message that was accepted is not sent again.");
        }
    }

    private static bool Failed(Outgoing message, Exception failure)
    {
        message.Fail(failure);
        return false;
    }

    private void FailAll(Exception failure)
    {
        List<Outgoing> all;
        lock (_gate)
        {
            all = [.. _underWay.Where(message => !message.Done.IsCompleted), .. _waiting];
            _underWay.Clear();
            _waiting.Clear();
            _isDisturbed = false;
            _busy = null;
        }
        foreach (var message in all)
            message.Fail(failure);
    }
}
