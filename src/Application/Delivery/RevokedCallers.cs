using Skytale.Accounts;
using Skytale.Application.Nodes;
using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.Application.Delivery;

/// <summary>Whom this relay serves no longer: follows the list of what was revoked, and tells the connections that it is about. Safe for use by several threads.</summary>
public sealed class RevokedCallers(IRevocations revocations, ThisNode node, ClosedChannels closed, TimeProvider time)
{
    /// <summary>How often <see cref="FollowAsync"/> is to be called.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Why a connection ends, and no other is let in.</summary>
    public static Refusal Revoked { get; } = new(ErrorCode.Revoked, "The API key, the agent or the account was revoked.");

    private static readonly Refusal s_disconnected = new(ErrorCode.Unavailable, "The operator has ended the connection; another is let in.");

    private readonly Lock _gate = new();
    private readonly Dictionary<(RevokedKind Kind, string Subject), DateTimeOffset> _revoked = [];
    private readonly HashSet<RevocationWatch> _watches = [];
    private long _last;

    /// <summary>Reads on in the list. One caller at a time.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Revocation> page;
        do
        {
            page = await revocations.ReadAsync(_last, cancellationToken);
            foreach (var revocation in page)
                Add(revocation);
        }
        while (page.Count >= IRevocations.PageSize);
        ForgetOld();
    }

    /// <summary>Whether the caller's key, agent or account was revoked.</summary>
    public bool IsRevoked(Caller caller)
    {
        lock (_gate)
            return IsRevokedLocked(caller);
    }

    /// <summary>Tells when the caller is revoked, also when it was before. To be disposed with its connection.</summary>
    public RevocationWatch Watch(Caller caller)
    {
        var watch = new RevocationWatch(this, caller);
        lock (_gate)
        {
            _watches.Add(watch);
            if (IsRevokedLocked(caller))
                watch.Tell(Revoked);
        }
        return watch;
    }

    internal void Release(RevocationWatch watch)
    {
        lock (_gate)
            _watches.Remove(watch);
    }

    private void Add(Revocation revocation)
    {
        _last = revocation.Number;
        lock (_gate)
        {
            switch (revocation.Kind)
            {
                case RevokedKind.AccountRestored:
                    _revoked.Remove((RevokedKind.Account, revocation.Subject));
                    break;
                case RevokedKind.AgentDisconnected:
                    TellLocked((RevokedKind.Agent, revocation.Subject), s_disconnected);
                    break;
                case RevokedKind.NodeDrained:
                    node.Drain(revocation.Subject);
                    break;
                case RevokedKind.ChannelClosed:
                    closed.Close(revocation.Subject);
                    break;
                default:
                    _revoked[(revocation.Kind, revocation.Subject)] = revocation.At;
                    TellLocked((revocation.Kind, revocation.Subject), Revoked);
                    break;
            }
        }
    }

    private void TellLocked((RevokedKind, string) name, Refusal why)
    {
        foreach (var watch in _watches.Where(watch => Names(watch.Caller).Contains(name)))
            watch.Tell(why);
    }

    private void ForgetOld()
    {
        lock (_gate)
        {
            foreach (var old in _revoked.Where(entry => entry.Value < time.GetUtcNow() - Revocation.Kept).Select(entry => entry.Key).ToList())
                _revoked.Remove(old);
        }
    }

    private bool IsRevokedLocked(Caller caller) => Names(caller).Any(_revoked.ContainsKey);

    private static (RevokedKind, string)[] Names(Caller caller) =>
        [(RevokedKind.Key, caller.KeyId.ToString()), (RevokedKind.Agent, caller.AgentId.ToString()), (RevokedKind.Account, caller.AccountId.ToString())];
}

/// <summary>One connection's wait for its end by another's hand.</summary>
public sealed class RevocationWatch : IDisposable
{
    private readonly RevokedCallers _owner;
    private readonly TaskCompletionSource<Refusal> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal RevocationWatch(RevokedCallers owner, Caller caller) => (_owner, Caller) = (owner, caller);

    /// <summary>Completes with why the connection is to end: what it was let in with is revoked, or somebody ends it. Else never.</summary>
    public Task<Refusal> Ended => _ended.Task;

    internal Caller Caller { get; }

    public void Dispose() => _owner.Release(this);

    internal void Tell(Refusal why) => _ended.TrySetResult(why);
}
