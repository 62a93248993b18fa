using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>Gives this agent new keys when its policy says so, as long as the channel is received.</summary>
internal sealed class Rotating(ChannelSession session, Committing committing)
{
    /// <summary>What is due when this begins, or has failed, waits a random part of this, or of a tenth of the age where that is less.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    /// <summary>A timer takes no more than 49 days.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly KeyRotation _policy = session.Context.KeyRotation;
    private double _early = Random.Shared.NextDouble();

    /// <summary>Runs while one connection lives.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (_policy is { MaxAge: null, MaxMessages: null })
            return;
        try
        {
            // After an outage of the relay's every member may be late.
            if (await session.LockedAsync(AreDue, cancellationToken).ConfigureAwait(false))
                await PauseAsync(cancellationToken).ConfigureAwait(false);
            while (true)
            {
                await WaitUntilDueAsync(cancellationToken).ConfigureAwait(false);
                if (await TryRotateAsync(cancellationToken).ConfigureAwait(false))
                    _early = Random.Shared.NextDouble();
                else
                    await PauseAsync(cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection is gone: the next begins with this too.
        }
        catch (SkytaleException)
        {
            // The channel has ended for this agent; whoever waits in it is told why.
        }
    }

    private bool AreDue() => MayCommit && AreOld();

    private bool MayCommit => !session.IsRemoved && !session.IsLeaving;

    private bool AreOld() => session.OwnKeys.UntilTooOld(_policy, _early) == TimeSpan.Zero || session.OwnKeys.AreUsedUp(_policy, _early);

    private async Task WaitUntilDueAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var wait = await session.LockedAsync(() => MayCommit ? session.OwnKeys.UntilTooOld(_policy, _early) : null, cancellationToken).ConfigureAwait(false) ?? LongestWait;
            using var until = new CancellationTokenSource(wait < LongestWait ? wait : LongestWait, session.Context.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, until.Token);
            try
            {
                await session.WaitAsync(AreDue, either.Token).ConfigureAwait(false);
                return;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // They are looked at again: they may have been renewed meanwhile.
                if (await session.LockedAsync(AreDue, cancellationToken).ConfigureAwait(false))
                    return;
            }
        }
    }

    private async Task<bool> TryRotateAsync(CancellationToken cancellationToken)
    {
        // An agent that comes back after a long time does not have all its channels commit at once.
        await session.Context.Rotation.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (await committing.UpdateKeysAsync(AreDue, cancellationToken).ConfigureAwait(false))
                AgentLog.KeysRotated(session.Context.Logger, session.Id.ToString());
            return true;
        }
        catch (SkytaleException e)
        {
            AgentLog.RotationFailed(session.Context.Logger, session.Id.ToString(), e.Message);
            return false;
        }
        finally
        {
            session.Context.Rotation.Release();
        }
    }

    private Task PauseAsync(CancellationToken cancellationToken)
    {
        var longest = _policy.MaxAge / 10 is { } tenth && tenth < LongestPause ? tenth : LongestPause;
        return Task.Delay(longest * Random.Shared.NextDouble(), session.Context.Time, cancellationToken);
    }
}
