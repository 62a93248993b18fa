using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.Agent.Storage;

/// <summary>A key package that others may use to add this agent.</summary>
/// <param name="Reference">Its KeyPackageRef (RFC 9420 §5.2).</param>
/// <param name="Bundle">KeyPackageBundle.Serialize.</param>
/// <param name="NotAfter">When it ends.</param>
/// <param name="LastResort">True when it outlives its use.</param>
public sealed record StoredKeyPackage(Opaque Reference, Secret Bundle, DateTimeOffset NotAfter, bool LastResort) : IDisposable
{
    /// <summary>Zeroes the keys.</summary>
    public void Dispose() => Bundle.Dispose();
}

/// <summary>A channel in the making: the exact request, so that a repeat is the same, and the keys that its Welcome needs.</summary>
public sealed record ChannelIntent(ChannelId Channel, ChannelName Name, Secret Bundle, Opaque GroupInfo, Opaque Welcome) : IDisposable
{
    /// <summary>Zeroes the keys.</summary>
    public void Dispose() => Bundle.Dispose();
}

/// <summary>A channel that this agent waits to join.</summary>
/// <param name="Invitation">The invitation, as its structure.</param>
/// <param name="KeyPackage">The reference of the KeyPackage that was made for it, which is stored with the others.</param>
public sealed record StoredJoin(ChannelId Channel, Secret Invitation, Opaque KeyPackage) : IDisposable
{
    /// <summary>Zeroes the invitation.</summary>
    public void Dispose() => Invitation.Dispose();
}

/// <summary>How old an agent's own keys in a channel are: those of its leaf and of the path above it.</summary>
/// <param name="Epoch">The epoch that they came with.</param>
/// <param name="Since">When that was entered, to the second.</param>
/// <param name="Sent">Messages that this agent has sent since, or may have.</param>
public readonly record struct StoredOwnKeys(Epoch Epoch, DateTimeOffset Since, ulong Sent);

/// <summary>A channel as of its cursor.</summary>
public sealed record StoredChannel : IDisposable
{
    /// <summary>Its id.</summary>
    public required ChannelId Channel { get; init; }

    /// <summary>Its name, org/namespace/service.</summary>
    public required ChannelName Name { get; init; }

    /// <summary>The commit that added this agent; the creator's is <see cref="Sequence.Start"/>.</summary>
    public required Sequence JoinedAt { get; init; }

    /// <summary>What the ratchets are as of.</summary>
    public required Sequence Cursor { get; init; }

    /// <summary>Everything up to here was acknowledged; not before the cursor.</summary>
    public required Sequence Acknowledged { get; init; }

    /// <summary>Everything up to here was shown to the application.</summary>
    public required Sequence Shown { get; init; }

    /// <summary>True when this agent wants to leave.</summary>
    public bool IsLeaving { get; init; }

    /// <summary>The epoch that the cursor is in.</summary>
    public required Epoch Epoch { get; init; }

    /// <summary>MlsGroup.SerializeEpoch.</summary>
    public required Secret EpochState { get; init; }

    /// <summary>MlsGroup.SerializeReceiving.</summary>
    public required Secret Receiving { get; init; }

    /// <summary>Zeroes the keys.</summary>
    public void Dispose()
    {
        EpochState.Dispose();
        Receiving.Dispose();
    }
}
