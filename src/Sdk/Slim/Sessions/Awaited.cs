using Skytale.Protocol.Envelopes;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>A message that was sent, and who has not answered it yet: to those it is sent again.</summary>
internal sealed class Awaited : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Requests _requests;
    private readonly HashSet<MemberKey> _missing;
    private readonly List<Envelope> _answers = [];
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal Awaited(Requests requests, RequestKey key, IEnumerable<MemberKey> from)
    {
        _requests = requests;
        Key = key;
        _missing = [.. from];
        if (_missing.Count == 0)
            _done.SetResult();
    }

    internal RequestKey Key { get; }

    /// <summary>Waits for the answers; each time that the interval passes, what <paramref name="again"/> makes is sent.</summary>
    /// <returns>One answer of each.</returns>
    /// <exception cref="SlimException"><see cref="SlimError.NoAnswer"/> after all retries, or why the session ended.</exception>
    public async Task<IReadOnlyList<Envelope>> AnsweredAsync(Func<IReadOnlyCollection<MemberKey>, IEnumerable<Envelope>> again, CancellationToken cancellationToken)
    {
        for (var retries = _requests.MaxRetries; ; retries--)
        {
            if (await CompletesWithinAsync(_requests.Interval, cancellationToken).ConfigureAwait(false))
                return _answers;
            if (retries <= 0)
                throw new SlimException(SlimError.NoAnswer, $"{Missing().Count} of those asked did not answer in {_requests.MaxRetries + 1} attempts, {_requests.Interval} apart.");
            foreach (var envelope in again(Missing()))
                await _requests.Publish(envelope, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => _requests.Remove(this);

    /// <returns>True when the answer was waited for.</returns>
    internal bool Answer(MemberKey from, Envelope answer)
    {
        lock (_gate)
        {
            // Somebody of a name was asked for, whoever that is.
            if (!_missing.Remove(from) && !_missing.Remove(from.AnyId))
                return false;
            _answers.Add(answer);
            if (_missing.Count == 0)
                _done.TrySetResult();
            return true;
        }
    }

    /// <summary>Waits no longer for one who has left.</summary>
    internal void Forget(MemberKey member)
    {
        lock (_gate)
        {
            if (_missing.Remove(member) && _missing.Count == 0)
                _done.TrySetResult();
        }
    }

    internal void Fail(SlimException why) => _done.TrySetException(why);

    private List<MemberKey> Missing()
    {
        lock (_gate)
            return [.. _missing];
    }

    private async Task<bool> CompletesWithinAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var passed = Task.Delay(interval, _requests.Time, stop.Token);
        var first = await Task.WhenAny(_done.Task, passed).ConfigureAwait(false);
        await stop.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (first != _done.Task)
            return false;
        await _done.Task.ConfigureAwait(false);
        return true;
    }
}
