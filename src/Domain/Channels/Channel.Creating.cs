using System.Security.Cryptography;
using Skytale.Groups;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Mls.PublicGroups;
using Skytale.Protocol;

namespace Skytale.Channels;

// Opening a channel on the one-member group that its creator built.
public sealed partial class Channel
{
    /// <summary>The channel of a GroupInfo, after every check that needs no secret. It is nobody's until the directory has taken it.</summary>
    /// <param name="groupInfo">MLSMessage(GroupInfo) of epoch 0, signed by its one leaf, with the ratchet tree.</param>
    /// <param name="welcome">MLSMessage(Welcome) for the creator's own KeyPackage.</param>
    /// <returns>Refuses <see cref="ErrorCode.NameNotOwned"/>, <see cref="ErrorCode.InvalidGroupInfo"/>, <see cref="ErrorCode.InvalidWelcome"/>.</returns>
    public static Result<Channel> Create(Caller caller, ChannelName name, ReadOnlyMemory<byte> groupInfo, ReadOnlyMemory<byte> welcome, DateTimeOffset now, ChannelLimits limits)
    {
        if (!caller.Owns(name))
            return new Refusal(ErrorCode.NameNotOwned, $"{name.Org} is not an organisation of this account.");
        var parsed = MlsPayload.GroupInfo(groupInfo);
        if (!parsed.IsSuccess)
            return parsed.Refusal;
        var group = GroupOf(parsed.Value, name, now);
        if (!group.IsSuccess)
            return group.Refusal;
        if (JudgeFirstEpoch(group.Value, caller.AgentId) is { } notAFirst)
            return notAFirst;
        if (JudgeSelfWelcome(group.Value, welcome) is { } wrongWelcome)
            return wrongWelcome;
        return new Channel(name, caller.AgentId, HashOf(name, groupInfo, welcome), group.Value, groupInfo.ToArray(), limits);
    }

    private static Result<PublicGroup> GroupOf(GroupInfo groupInfo, ChannelName name, DateTimeOffset now)
    {
        if (!ChannelSuite.IsAllowed(groupInfo.GroupContext.CipherSuite))
            return Invalid($"cipher suite {(ushort)groupInfo.GroupContext.CipherSuite} is not one of a channel's");
        if (groupInfo.GroupContext.GroupId.Length != ChannelId.Size)
            return Invalid($"the group_id of a channel has {ChannelId.Size} bytes");
        try
        {
            if (ChannelExtension.NameIn(groupInfo.GroupContext.Extensions) != name)
                return Invalid("the GroupContext has another channel name than the request");
            return PublicGroup.FromGroupInfo(groupInfo, lifetimes: Lifetimes.WhenAdding(now));
        }
        catch (MlsException broken)
        {
            return MlsPayload.Refused(ErrorCode.InvalidGroupInfo, broken);
        }
    }

    private static Refusal? JudgeFirstEpoch(PublicGroup group, AgentId creator)
    {
        if (group.Epoch != new Epoch(0))
            return Invalid($"a channel starts in epoch 0, not {group.Epoch}");
        var leaves = group.Members.ToList();
        if (leaves.Count != 1)
            return Invalid($"a channel starts with its creator alone, not with {leaves.Count} members");
        return AgentLeaf.Identify(leaves[0].Leaf) == creator ? null : Invalid("the leaf is not the agent's of this connection");
    }

    private static Refusal? JudgeSelfWelcome(PublicGroup group, ReadOnlyMemory<byte> welcome)
    {
        var parsed = MlsPayload.Welcome(welcome);
        if (!parsed.IsSuccess)
            return parsed.Refusal;
        return parsed.Value.CipherSuite == group.Suite.Id && parsed.Value.Secrets.Length == 1
            ? null
            : new Refusal(ErrorCode.InvalidWelcome, "The creator's Welcome is of the group's cipher suite and for the creator alone.");
    }

    private static Opaque HashOf(ChannelName name, ReadOnlyMemory<byte> groupInfo, ReadOnlyMemory<byte> welcome)
    {
        using var writer = new TlsWriter();
        writer.WriteOpaque(System.Text.Encoding.ASCII.GetBytes(name.ToString()));
        writer.WriteOpaque(groupInfo.Span);
        writer.WriteOpaque(welcome.Span);
        return new Opaque(SHA256.HashData(writer.WrittenSpan));
    }

    private static Refusal Invalid(string why) => new(ErrorCode.InvalidGroupInfo, $"The GroupInfo is refused: {why}.");
}
