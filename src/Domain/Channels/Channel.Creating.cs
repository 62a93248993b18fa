using System.Security.Cryptography;
using Skytale.Accounts;
using Skytale.Groups;
using Skytale.Groups.Roles;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Mls.PublicGroups;
using Skytale.Protocol;

namespace Skytale.Channels;

// Opening a channel on the one-member group that its creator built.
public sealed partial class Channel
{
    /// <summary>The channel of a GroupInfo, after every check that needs no secret. It is nobody's until its log has taken it.</summary>
    /// <param name="groupInfo">MLSMessage(GroupInfo) of epoch 0, signed by its one leaf, with the ratchet tree.</param>
    /// <param name="welcome">MLSMessage(Welcome) for the creator's own KeyPackage.</param>
    /// <returns>Refuses <see cref="ErrorCode.NameNotOwned"/>, <see cref="ErrorCode.OutOfScope"/>, <see cref="ErrorCode.InvalidGroupInfo"/>, <see cref="ErrorCode.InvalidWelcome"/>.</returns>
    public static Result<NewChannel> Create(Caller caller, ChannelName name, ReadOnlyMemory<byte> groupInfo, ReadOnlyMemory<byte> welcome, DateTimeOffset now)
    {
        if (!caller.Owns(name))
            return new Refusal(ErrorCode.NameNotOwned, $"{name.Org} is not an organisation of this account.");
        if (caller.Judge(Verb.Create, name) is { } outOfScope)
            return outOfScope;
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
        return new NewChannel(
            new ChannelRecord(new ChannelId(group.Value.GroupId.Memory), name, caller.AgentId, HashOf(name, groupInfo, welcome), now),
            new ChannelState(Opaque.Copy(groupInfo.Span), [new StoredStay(caller.AgentId, Sequence.Start, null)]));
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
        if (AgentLeaf.Identify(leaves[0].Leaf) != creator)
            return Invalid("the leaf is not the agent's of this connection");
        return ChannelPolicy.In(group.Context.Extensions) is { } policy && !policy.Owners.SequenceEqual([creator]) ? Invalid("a channel's creator is its one owner") : null;
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

/// <summary>A channel that may be stored.</summary>
public sealed record NewChannel(ChannelRecord Record, ChannelState State)
{
    /// <summary>Why the channel that is there under this id is not the one that the same request made before; null when it is.</summary>
    public Refusal? JudgeRepeat(ChannelRecord before)
    {
        if (before.Creator != Record.Creator)
            return new Refusal(ErrorCode.ChannelIdTaken, "Another agent's channel has this id.");
        return before.CreationHash == Record.CreationHash
            ? null
            : new Refusal(ErrorCode.RequestIdReused, "This channel was created from another GroupInfo or Welcome, or under another name.");
    }
}
