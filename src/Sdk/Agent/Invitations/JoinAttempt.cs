using Skytale.Agent.Keys;
using Skytale.Agent.Storage;
using Skytale.Groups;
using Skytale.Mls.Codec;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Sdk;

namespace Skytale.Agent.Invitations;

/// <summary>
/// One join by an invitation, from the stored intent to the Welcome. The request is repeated on every connection and from time to
/// time: the answer says how the invitation stands. A Welcome that is not by the invitation changes nothing here.
/// </summary>
internal sealed class JoinAttempt
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    private readonly AgentContext _context;
    private readonly AgentId _inviter;
    private readonly DateTimeOffset _expiresAt;
    private readonly Opaque _reference;
    private readonly ReadOnlyMemory<byte> _keyPackage;
    private readonly ReadOnlyMemory<byte> _signature;
    private readonly CancellationTokenSource _over = new();
    private readonly TaskCompletionSource<SkytaleChannel> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly List<IProgress<JoinProgress>> _watchers = [];
    private JoinProgress? _last;

    private JoinAttempt(AgentContext context, Invitation invitation, KeyPackage keyPackage)
    {
        (_context, Channel, Invitation, _inviter, _expiresAt) = (context, invitation.Channel, invitation.Id, invitation.Inviter, invitation.ExpiresAt);
        _reference = keyPackage.Reference(ChannelSuite.Default);
        _keyPackage = Tls.Encode(new MlsMessage(keyPackage)).Memory;
        using var keys = InvitationKeys.Of(invitation.Secret);
        var content = new JoinRequestContent(Channel, Invitation, _reference.Memory, context.Identity.Id).Encode();
        _signature = ChannelSuite.Default.Signature.Sign(keys.Signing.PrivateKey, LabeledContent.Encode(LabeledContent.JoinRequest, content).Span).Memory;
    }

    public ChannelId Channel { get; }

    public InvitationId Invitation { get; }

    /// <summary>The channel, when this agent is in it.</summary>
    public Task<SkytaleChannel> Done => _done.Task;

    /// <summary>Called when it has failed.</summary>
    public Action? Over { get; set; }

    /// <summary>Stores that this agent wants to join, with a KeyPackage that the relay's pool never gets.</summary>
    public static JoinAttempt Begin(AgentContext context, Invitation invitation)
    {
        using var encoded = invitation.Encode();
        var keyPackage = new KeyPackageSupply(context).CreateForOnce((transaction, made) =>
            transaction.PutJoin(new StoredJoin(invitation.Channel, encoded, made.Reference(ChannelSuite.Default))));
        return new JoinAttempt(context, invitation, keyPackage);
    }

    /// <summary>One that an earlier run began.</summary>
    /// <exception cref="SkytaleException"><see cref="SkytaleError.StoreCorrupt"/>.</exception>
    public static JoinAttempt Restore(AgentContext context, StoredJoin stored)
    {
        using var invitation = Sdk.Invitation.Decode(stored.Invitation.Span);
        var keyPackages = context.Store.ReadKeyPackages();
        try
        {
            var mine = keyPackages.FirstOrDefault(keyPackage => keyPackage.Reference == stored.KeyPackage)
                ?? throw new SkytaleException(SkytaleError.StoreCorrupt, "The store has no keys for a channel that this agent waits to join.", "Restore the store from a copy.");
            using var bundle = KeyPackageBundle.Deserialize(mine.Bundle.Span);
            return new JoinAttempt(context, invitation, bundle.KeyPackage);
        }
        finally
        {
            foreach (var keyPackage in keyPackages)
                keyPackage.Dispose();
        }
    }

    /// <summary>Tells somebody how far it is, from now until disposal.</summary>
    public IDisposable Watch(IProgress<JoinProgress>? watcher)
    {
        lock (_gate)
        {
            if (watcher is not null)
                _watchers.Add(watcher);
            if (_last is { } last)
                watcher?.Report(last);
        }
        return new Watching(this, watcher);
    }

    /// <summary>Asks, and asks again, while one connection lives.</summary>
    public async Task RunAsync(CancellationToken ended)
    {
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(ended, _over.Token);
            for (var pause = FirstPause; await AskAsync(either.Token).ConfigureAwait(false); pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
                await Task.Delay(pause, _context.Time, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Over, or the connection is gone: the next one goes on.
        }
        catch (SkytaleException e)
        {
            Report(JoinStep.Connecting, e.Message);
        }
    }

    /// <summary>This agent is in the channel.</summary>
    public void Complete(SkytaleChannel channel)
    {
        var isThere = channel.Members.Contains(_inviter);
        if (!isThere)
            AgentLog.InviterAbsent(_context.Logger, Channel.ToString());
        Report(isThere ? JoinStep.Joined : JoinStep.JoinedWithoutInviter, isThere ? $"joined {channel.Name}" : $"joined {channel.Name}, whose members the inviter {_inviter} is not among");
        _done.TrySetResult(channel);
        _over.Cancel();
    }

    /// <summary>Another invitation to the same channel takes its place.</summary>
    public void Replace() => End(new SkytaleException(SkytaleError.InvalidArgument, "Another invitation to the same channel took this one's place.", ""), forget: false);

    /// <summary>The agent is disposed: the next run goes on.</summary>
    public void Stop() => End(new SkytaleException(SkytaleError.ConnectionLost, "The agent was disposed.", "Connect it again: the join goes on."), forget: false);

    /// <summary>Takes the request back and forgets the invitation.</summary>
    public async Task WithdrawAsync(CancellationToken cancellationToken)
    {
        End(new SkytaleException(SkytaleError.Refused, "The join was cancelled.", ""), forget: true);
        await _context.RequestAsync<Done>(request => new WithdrawJoinRequest(request, Channel), cancellationToken).ConfigureAwait(false);
    }

    /// <returns>True when it is to be asked again.</returns>
    private async Task<bool> AskAsync(CancellationToken cancellationToken)
    {
        if (_expiresAt <= _context.Time.GetUtcNow())
            return Fail(new Refusal(ErrorCode.InvitationOver, $"The invitation has expired at {_expiresAt:u}."));
        if (_last is null)
            Report(JoinStep.Asking, "asking to be admitted");
        var answer = await _context.RequestAsync<Done>(
            request => new SendJoinRequest(request, Channel, Invitation, _keyPackage, _signature), cancellationToken).ConfigureAwait(false);
        if (answer.IsSuccess)
            return Report(JoinStep.WaitingForMember, "waiting until a member of the channel is connected and admits this agent");
        switch (answer.Refusal.Code)
        {
            case ErrorCode.UnknownInvitation:
                return Report(JoinStep.InvitationUnknown, answer.Refusal.Detail);
            case ErrorCode.AlreadyAMember:
                return Report(JoinStep.WaitingForMember, "a member has admitted this agent; waiting for its Welcome");
            case ErrorCode.LimitReached or ErrorCode.RateLimited or ErrorCode.Unavailable or ErrorCode.Internal:
                return Report(JoinStep.Asking, answer.Refusal.Detail);
            default:
                return Fail(answer.Refusal);
        }
    }

    private bool Fail(Refusal refusal)
    {
        Over?.Invoke();
        End(refusal.ToException(), forget: true);
        return false;
    }

    private void End(SkytaleException why, bool forget)
    {
        if (forget)
        {
            _context.Store.Write(transaction =>
            {
                transaction.RemoveJoin(Channel);
                transaction.RemoveKeyPackage(_reference);
            });
        }
        _done.TrySetException(why);
        _ = _done.Task.Exception; // After a restart nobody may wait for it.
        _over.Cancel();
    }

    /// <returns>True, for asking again.</returns>
    private bool Report(JoinStep step, string detail)
    {
        var progress = new JoinProgress(step, detail);
        lock (_gate)
        {
            if (progress == _last)
                return true;
            _last = progress;
            foreach (var watcher in _watchers)
                watcher.Report(progress);
        }
        return true;
    }

    private sealed class Watching(JoinAttempt attempt, IProgress<JoinProgress>? watcher) : IDisposable
    {
        public void Dispose()
        {
            lock (attempt._gate)
            {
                if (watcher is not null)
                    attempt._watchers.Remove(watcher);
            }
        }
    }
}
