using System.Buffers.Binary;
using Skytale.Groups;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;
using Skytale.Protocol;

namespace Skytale.Agent.Channels;

/// <summary>One epoch of a channel: its keys, until its last message was read, and the message ids that came in it.</summary>
/// <remarks>
/// <code>
/// struct {
///     uint64 used;               messages that were encrypted in the epoch when this was stored
///     RatchetState ratchets;     MlsGroup.SerializeSending
/// } SendingState;
/// </code>
/// </remarks>
internal sealed class EpochHandle : IDisposable
{
    /// <summary>Generations of an epoch that may be lost to restarts: others bound how far ahead of the last they look for a key.</summary>
    private const ulong MaxBurnt = 128;

    private readonly HashSet<(LeafIndex Sender, MessageId Id)> _seen = [];
    private readonly ulong _entered;
    private ulong _used;

    public EpochHandle(MlsGroup group, ulong used = 0)
    {
        Group = group;
        (_entered, _used) = (group.NextGeneration, used);
        IsSpent = _entered - Math.Min(used, _entered) > MaxBurnt;
        LookWhoLeaves();
    }

    public MlsGroup Group { get; }

    public Epoch Epoch => Group.Epoch;

    /// <summary>What tells the members of this epoch's group from others'.</summary>
    public Opaque AppliedHash
    {
        get
        {
            using var authenticator = Group.EpochAuthenticator;
            return Skytale.Groups.AppliedHash.Compute(Group.GroupId, Group.Epoch, authenticator.Span);
        }
    }

    /// <summary>True once the commit that led here was voided: nothing of this epoch is shown.</summary>
    public bool IsVoid { get; set; }

    /// <summary>
    /// True where nothing may be encrypted in this epoch any more: the store that it came from is older than what was sent, so
    /// that keys could be used twice, or too many generations were lost.
    /// </summary>
    public bool IsSpent { get; private set; }

    /// <summary>True while others want to leave: nothing is sent in this epoch any more, until a commit has ended it (RFC 9420 §12.4).</summary>
    public bool IsHeld { get; private set; }

    /// <summary>The epoch as it was stored, with the own ratchets.</summary>
    /// <exception cref="MlsException">It cannot be read.</exception>
    public static EpochHandle Restore(ReadOnlySpan<byte> epoch, ReadOnlySpan<byte> receiving, Secret sending, SignatureKeyPair signer)
    {
        if (sending.Span.Length < sizeof(ulong))
            throw new MlsException(MlsError.Truncated, "a sending state");
        var used = BinaryPrimitives.ReadUInt64BigEndian(sending.Span);
        return new EpochHandle(MlsGroup.Deserialize(epoch, receiving, sending.Span[sizeof(ulong)..], signer), used);
    }

    /// <summary>The own ratchets, past what is reserved, and how many messages were encrypted.</summary>
    public Secret SerializeSending()
    {
        using var ratchets = Group.SerializeSending();
        using var writer = new TlsWriter();
        writer.WriteUInt64(_used);
        writer.WriteFixed(ratchets.Span);
        return Secret.Copy(writer.WrittenSpan);
    }

    /// <summary>One more message was encrypted.</summary>
    public void Use() => _used++;

    /// <summary>False when the sender sent this id in this epoch before: an insider, or the relay, repeats it (RFC 9420 §15.3).</summary>
    public bool IsNew(LeafIndex sender, MessageId id) => _seen.Add((sender, id));

    /// <summary>A message that this run did not send: where it is this agent's own, the store must have known its generation.</summary>
    public void Look(PrivateMessage message)
    {
        if (Group.OwnGenerationOf(message) >= _entered)
            IsSpent = true;
    }

    /// <summary>Keeps a member's wish to leave for the commit that carries it out.</summary>
    /// <exception cref="MlsException">It is not that member's, or not of this epoch.</exception>
    public void Keep(PublicMessage leave)
    {
        Group.Receive(leave);
        LookWhoLeaves();
    }

    /// <summary>Messages are gone that may have been this agent's own.</summary>
    public void Miss() => IsSpent = true;

    public void Dispose() => Group.Dispose();

    private void LookWhoLeaves() => IsHeld = LeaveRules.Leaving(Group.Public).Any(leaf => leaf != Group.OwnLeaf);
}
