using Skytale.Groups;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
using Skytale.Mls.Messages;
using Skytale.Mls.PublicGroups;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>Everything about a commit, its GroupInfo and its Welcome that can be judged without a secret. Changes nothing.</summary>
internal static class CommitCheck
{
    /// <summary>What the commit leads to.</summary>
    /// <returns>Refuses <see cref="ErrorCode.InvalidCommit"/>, <see cref="ErrorCode.InvalidGroupInfo"/>, <see cref="ErrorCode.InvalidWelcome"/>.</returns>
    public static Result<StagedPublicCommit> Stage(PublicGroup group, AgentId sender, CommitTransaction transaction, DateTimeOffset now)
    {
        var committer = transaction.Commit.Content.Sender.Leaf is { } index ? group.Tree[index] : null;
        if (committer is null || AgentLeaf.Named(committer.Credential) != sender)
            return new Refusal(ErrorCode.InvalidCommit, "The commit's sender is not the agent of this connection.");

        StagedPublicCommit staged;
        try
        {
            staged = group.Stage(group.Verify(transaction.Commit), Lifetimes.WhenAdding(now));
        }
        catch (MlsException broken)
        {
            return MlsPayload.Refused(ErrorCode.InvalidCommit, broken);
        }
        if ((CommitRules.Judge(group, staged) ?? JudgeGroupInfo(group, staged, transaction.GroupInfo) ?? JudgeWelcome(group, staged, transaction.Welcome)) is { } refusal)
            return refusal;
        return staged;
    }

    private static Refusal? JudgeGroupInfo(PublicGroup group, StagedPublicCommit staged, GroupInfo groupInfo)
    {
        if (groupInfo.Extensions.Find(ExtensionType.RatchetTree) is null)
            return new Refusal(ErrorCode.InvalidGroupInfo, "The GroupInfo must hold the ratchet tree.");
        try
        {
            group.VerifyGroupInfo(staged, groupInfo);
            return null;
        }
        catch (MlsException broken)
        {
            return MlsPayload.Refused(ErrorCode.InvalidGroupInfo, broken);
        }
    }

    // A Welcome for fewer would leave members who cannot read; for others, let in whom the commit does not name.
    private static Refusal? JudgeWelcome(PublicGroup group, StagedPublicCommit staged, Welcome? welcome)
    {
        if (welcome is null)
            return staged.Added.IsEmpty ? null : Invalid("the commit adds members and comes without one");
        if (staged.Added.IsEmpty)
            return Invalid("the commit adds nobody");
        if (welcome.CipherSuite != group.Suite.Id)
            return Invalid("its cipher suite is not the group's");
        var added = new HashSet<Opaque>(staged.Added.Select(member => member.KeyPackage.Reference(group.Suite)));
        return welcome.Secrets.Length == added.Count && added.SetEquals(welcome.Secrets.Select(secrets => secrets.NewMember))
            ? null
            : Invalid("its recipients are not the members that the commit adds");
    }

    private static Refusal Invalid(string why) => new(ErrorCode.InvalidWelcome, $"The Welcome is refused: {why}.");
}
