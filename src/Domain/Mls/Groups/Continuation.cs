using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;

namespace Skytale.Mls.Groups;

/// <summary>§11.2, §11.3, §12.4.3.1: what must hold between a group and the one that it reinitialises or branches from.</summary>
internal static class Continuation
{
    /// <summary>The resumption PSK of a Welcome that says which group the new one continues, or null.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidPsk"/>: there is more than one.</exception>
    public static ResumptionPskId? Of(IEnumerable<PreSharedKeyId> psks)
    {
        var links = psks.OfType<ResumptionPskId>().Where(psk => psk.Usage != ResumptionPskUsage.Application).ToArray();
        return links.Length <= 1 ? links.FirstOrDefault() : throw new MlsException(MlsError.InvalidPsk, $"{links.Length} PSKs of usage reinit or branch");
    }

    /// <summary>That the new group is what the old one led to.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.NotAContinuation"/>.</exception>
    public static void Check(ResumptionPskUsage usage, MlsGroup old, PublicGroup continued, SameMember? same)
    {
        // If a PreSharedKeyID was used that has usage reinit or branch, verify that the epoch field is equal to 1.
        if (continued.Epoch != new Epoch(1))
            throw new MlsException(MlsError.NotAContinuation, $"at epoch {continued.Epoch}");
        CheckParameters(usage, old, continued);
        CheckMembers(usage, old.Public, continued, same ?? ((before, after) => before.Credential == after.Credential));
    }

    private static void CheckParameters(ResumptionPskUsage usage, MlsGroup old, PublicGroup continued)
    {
        if (usage == ResumptionPskUsage.Branch)
        {
            if (continued.Suite.Id != old.Suite.Id)
                throw new MlsException(MlsError.NotAContinuation, "a branch has its group's cipher suite");
            return;
        }
        var reInit = old.ReInit ?? throw new MlsException(MlsError.NotAContinuation, "no ReInit was committed");
        if (!Matches(reInit, continued.Context))
            throw new MlsException(MlsError.NotAContinuation, "not the group that the ReInit names");
    }

    private static bool Matches(ReInitProposal reInit, GroupContext context) =>
        reInit.GroupId == context.GroupId
        && reInit.Version == ProtocolVersion.Mls10
        && reInit.CipherSuite == context.CipherSuite
        && reInit.Extensions.Equals(context.Extensions);

    // reinit: all the members of the old group are members of the new one; branch: the new one's are a subset of the old one's.
    private static void CheckMembers(ResumptionPskUsage usage, PublicGroup old, PublicGroup continued, SameMember same)
    {
        var complete = usage == ResumptionPskUsage.Branch
            ? continued.Members.All(after => old.Members.Any(before => same(before.Leaf, after.Leaf)))
            : old.Members.All(before => continued.Members.Any(after => same(before.Leaf, after.Leaf)));
        if (!complete)
            throw new MlsException(MlsError.NotAContinuation, usage == ResumptionPskUsage.Branch ? "it has members who are not the old group's" : "members of the old group are missing");
    }
}
