using Skytale.Agent.Storage;
using Skytale.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>How old this agent's keys in a channel are and how much it has sent since, in memory and in the store. Used under the session's gate.</summary>
internal sealed class OwnKeys(ChannelSession session)
{
    private StoredOwnKeys? _keys;

    private DateTimeOffset Now => session.Context.Time.GetUtcNow();

    private StoredOwnKeys Keys => _keys ??= Load();

    /// <summary>A commit of this agent led to an epoch. Followed a second time, after a restart, it renews nothing.</summary>
    public void Renewed(Epoch epoch)
    {
        if (Keys.Epoch < epoch)
            Put(new StoredOwnKeys(epoch, Now, Sent: 0));
    }

    /// <summary>This agent was added again: it has the keys of another KeyPackage, and the store has forgotten those before.</summary>
    public void Replaced() => _keys = null;

    /// <summary>A message was encrypted.</summary>
    public void Used() => _keys = Keys with { Sent = Keys.Sent + 1 };

    /// <summary>As many more are going to be; in the store they are from now on, whatever becomes of them.</summary>
    public void Reserve(IAgentStoreTransaction transaction, int messages) => transaction.PutOwnKeys(session.Id, Keys with { Sent = Keys.Sent + (ulong)messages });

    /// <summary>How long it is until they are to be renewed for their age, zero where they are due; null: never for that.</summary>
    /// <param name="early">How much before the policy's end, 0 to 1 of its last tenth.</param>
    public TimeSpan? UntilTooOld(KeyRotation policy, double early)
    {
        if (policy.MaxAge is not { } most)
            return null;
        var left = Keys.Since + most - (most / 10 * early) - Now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    /// <summary>True where this agent has sent so much that they are to be renewed.</summary>
    /// <param name="early">As of <see cref="UntilTooOld"/>.</param>
    public bool AreUsedUp(KeyRotation policy, double early) => policy.MaxMessages is { } most && Keys.Sent >= most - (most / 10.0 * early);

    private StoredOwnKeys Load()
    {
        if (session.Context.Store.ReadOwnKeys(session.Id) is { } stored)
            return stored.Since <= Now ? stored : stored with { Since = Now }; // The clock was put back.
        var group = session.Head.Group;
        // Of a KeyPackage, they are as old as that (§7.2); of a commit, the store is older than this record, and time counts from now.
        if (group.Public.Tree[group.OwnLeaf] is not { Source: LeafNodeSource.KeyPackage } leaf)
            return Put(new StoredOwnKeys(group.Epoch, Now, Sent: 0));
        var made = DateTimeOffset.FromUnixTimeSeconds((long)leaf.Lifetime.NotBefore) + Lifetimes.ClockSkew;
        return new StoredOwnKeys(group.Epoch, made <= Now ? made : Now, Sent: 0);
    }

    private StoredOwnKeys Put(StoredOwnKeys keys)
    {
        session.Write(transaction => transaction.PutOwnKeys(session.Id, keys));
        _keys = keys;
        return keys;
    }
}
