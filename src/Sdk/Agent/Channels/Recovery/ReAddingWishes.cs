using Skytale.Groups;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;
using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Agent.Channels;

/// <summary>A member that asked to be added again.</summary>
/// <param name="Leaf">Its place when it asked.</param>
/// <param name="Before">Its leaf when it asked: as long as that stands, nobody has done it.</param>
internal sealed record ReAddingWish(AgentId Member, LeafIndex Leaf, LeafNode Before, KeyPackage KeyPackage);

/// <summary>The members that asked to be added again and were not yet. Used under the session's gate.</summary>
internal sealed class ReAddingWishes(ChannelSession session)
{
    /// <summary>How often a member may ask within <see cref="Interval"/>.</summary>
    private const int MaxAsks = 3;

    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly Dictionary<AgentId, Queue<DateTimeOffset>> _asks = [];
    private readonly List<ReAddingWish> _wishes = [];

    /// <summary>Those that nobody has done, oldest first.</summary>
    public IReadOnlyList<ReAddingWish> All => _wishes;

    /// <summary>Checks what the relay delivered and keeps it; by the member's signature, never by the relay's word.</summary>
    /// <returns>Why it is not kept, or null.</returns>
    public string? Consider(DeliverReAdding frame)
    {
        var group = session.Head.Group.Public;
        if (frame.Epoch != group.Epoch.Value)
            return $"it is of epoch {frame.Epoch} and stands in {group.Epoch}";
        if (Find(group, frame.Member) is not { } member)
            return $"{frame.Member} is no member";
        if (!TryReadKeyPackage(frame, out var keyPackage, out var why))
            return why;
        var reference = keyPackage.Reference(ChannelSuite.Default);
        var content = new ReAddingContent(frame.ChannelId, frame.Epoch, frame.Reason, reference.Memory, frame.Member);
        if (!LabeledContent.Verify(frame.Member, LabeledContent.ReAdding, content.Encode(), frame.Signature.Span))
            return $"the signature is not {frame.Member}'s";
        if (!MayAsk(frame.Member))
            return $"{frame.Member} asked {MaxAsks} times within an hour";
        _wishes.RemoveAll(wish => wish.Member == frame.Member);
        _wishes.Add(new ReAddingWish(frame.Member, member.Index, member.Leaf, keyPackage));
        return null;
    }

    /// <summary>Forgets what was done, and whose member is gone or has committed by itself.</summary>
    public void Follow(PublicGroup group) => _wishes.RemoveAll(wish => Find(group, wish.Member) is not { } member || member.Leaf != wish.Before);

    /// <summary>Forgets them all, and says how many there were.</summary>
    public int DropAll() => _wishes.RemoveAll(_ => true);

    private static (LeafIndex Index, LeafNode Leaf)? Find(PublicGroup group, AgentId agent)
    {
        foreach (var member in group.Members)
        {
            if (AgentLeaf.Identify(member.Leaf) == agent)
                return member;
        }
        return null;
    }

    private bool TryReadKeyPackage(DeliverReAdding frame, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out KeyPackage? keyPackage, out string why)
    {
        (keyPackage, why) = (null, "it holds no KeyPackage");
        try
        {
            if (Tls.Decode<MlsMessage>(Opaque.Copy(frame.KeyPackage.Span)).KeyPackage is not { } read)
                return false;
            var validated = AgentKeyPackages.Validate(read, frame.Member, session.Context.Time.GetUtcNow());
            if (validated.IsSuccess)
                keyPackage = read;
            else
                why = validated.Refusal.Detail;
            return validated.IsSuccess;
        }
        catch (MlsException e)
        {
            why = e.Message;
            return false;
        }
    }

    private bool MayAsk(AgentId member)
    {
        var now = session.Context.Time.GetUtcNow();
        if (!_asks.TryGetValue(member, out var asks))
            _asks.Add(member, asks = new Queue<DateTimeOffset>());
        while (asks.TryPeek(out var first) && first <= now - Interval)
            asks.Dequeue();
        if (asks.Count >= MaxAsks)
            return false;
        asks.Enqueue(now);
        return true;
    }
}
