using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;
using Skytale.Protocol;

namespace Skytale.Agent.Channels;

/// <summary>One epoch of a channel: its keys, until its last message was read, and the message ids that came in it.</summary>
internal sealed class EpochHandle(MlsGroup group) : IDisposable
{
    private readonly HashSet<(LeafIndex Sender, MessageId Id)> _seen = [];

    public MlsGroup Group { get; } = group;

    public Epoch Epoch => Group.Epoch;

    /// <summary>True once the commit that led here was voided: nothing of this epoch is shown.</summary>
    public bool IsVoid { get; set; }

    /// <summary>False when the sender sent this id in this epoch before: an insider, or the relay, repeats it (RFC 9420 §15.3).</summary>
    public bool IsNew(LeafIndex sender, MessageId id) => _seen.Add((sender, id));

    public void Dispose() => Group.Dispose();
}
