using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>What a member sends to change the group, parsed and not judged: the channel takes all of it or nothing.</summary>
internal sealed record CommitTransaction(PublicMessage Commit, GroupInfo GroupInfo, Welcome? Welcome)
{
    public static Result<CommitTransaction> Parse(ReadOnlyMemory<byte> commit, ReadOnlyMemory<byte> groupInfo, ReadOnlyMemory<byte>? welcome)
    {
        var parsedCommit = MlsPayload.Commit(commit);
        if (!parsedCommit.IsSuccess)
            return parsedCommit.Refusal;
        var parsedGroupInfo = MlsPayload.GroupInfo(groupInfo);
        if (!parsedGroupInfo.IsSuccess)
            return parsedGroupInfo.Refusal;
        if (welcome is null)
            return new CommitTransaction(parsedCommit.Value, parsedGroupInfo.Value, null);
        var parsedWelcome = MlsPayload.Welcome(welcome.Value);
        return parsedWelcome.IsSuccess ? new CommitTransaction(parsedCommit.Value, parsedGroupInfo.Value, parsedWelcome.Value) : parsedWelcome.Refusal;
    }
}
