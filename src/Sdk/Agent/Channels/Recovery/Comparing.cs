using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Mls.PublicGroups;
using Skytale.Protocol.Frames;

namespace Skytale.Agent.Channels;

/// <summary>
/// No signature covers a commit's confirmation_tag (RFC 9420 §6.1), but the GroupInfo that the committer made with it holds the
/// tag and is signed (§12.4.3): where the two differ, it was not the committer who made the commit fail.
/// </summary>
internal static class Comparing
{
    /// <summary>The commit with the tag that its committer signed.</summary>
    /// <param name="group">The group in the commit's epoch.</param>
    /// <returns>Null where the tags are the same, or the GroupInfo is not one of the commit's result by its committer.</returns>
    public static DeliverCommit? WithSignedTag(PublicGroup group, DeliverCommit frame, CurrentGroupInfo answer)
    {
        try
        {
            if (Tls.Decode<MlsMessage>(new Opaque(frame.Commit)).PublicMessage is not { } commit || commit.Content.Sender.Leaf is not { } committer)
                return null;
            if (Tls.Decode<MlsMessage>(new Opaque(answer.GroupInfo)).GroupInfo is not { } groupInfo)
                return null;
            if (groupInfo.GroupContext.GroupId != group.GroupId || groupInfo.GroupContext.Epoch != group.Epoch.Next || groupInfo.Signer != committer)
                return null;
            if (groupInfo.ConfirmationTag == commit.Auth.ConfirmationTag || group.Tree[committer] is not { } leaf)
                return null;
            groupInfo.VerifySignature(group.Suite, leaf.SignatureKey);
            var signed = commit with { Auth = commit.Auth with { ConfirmationTag = groupInfo.ConfirmationTag } };
            return frame with { Commit = Tls.Encode(new MlsMessage(signed)).Memory };
        }
        catch (MlsException)
        {
            // A GroupInfo that does not hold says nothing about the commit, which stays what it is: failed.
            return null;
        }
    }
}
