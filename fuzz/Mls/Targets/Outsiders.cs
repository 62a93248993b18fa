using Skytale.Fuzz.Mls.Groups;
using Skytale.Fuzz.Mls.Running;
using Skytale.Mls.Codec;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.Fuzz.Mls.Targets;

/// <summary>What a client says that is no member yet, signed after the bytes were changed, and what it is told.</summary>
internal static class Outsiders
{
    public static Dictionary<string, Func<FuzzGroup, FuzzTarget>> All { get; } = new()
    {
        ["signed-external-commit"] = ExternalCommit,
        ["signed-request-to-join"] = RequestToJoin,
        ["external-join"] = JoinByGroupInfo,
        ["external-join-state"] = JoinState,
    };

    /// <summary>An external commit of the joiner's, at Bob.</summary>
    private static MemberTarget ExternalCommit(FuzzGroup group)
    {
        using var join = Join(group, GroupInfo(group));
        var valid = join.Commit.PublicMessage!;
        return new MemberTarget(group, Corpus.Encode([valid.Content]), bytes =>
            Give(group, Sign(group, Tls.Decode<FramedContent>(bytes)).WithConfirmationTag(valid.Auth.ConfirmationTag!.Value)));
    }

    /// <summary>A proposal of the joiner's to be added, at Bob.</summary>
    private static MemberTarget RequestToJoin(FuzzGroup group)
    {
        var valid = ExternalProposals.AddMe(group.Context, group.Joiner.Bundle.KeyPackage, group.Joiner.Signer.PrivateKey).PublicMessage!;
        return new MemberTarget(group, Corpus.Encode([valid.Content]), bytes => Give(group, Sign(group, Tls.Decode<FramedContent>(bytes))));
    }

    /// <summary>A GroupInfo, signed by Alice, that the joiner makes its external commit from.</summary>
    private static StatelessTarget JoinByGroupInfo(FuzzGroup group) =>
        new(group, Corpus.Encode([GroupInfo(group)]), bytes => Join(group, Insiders.Sign(group, Tls.Decode<GroupInfo>(bytes))).Dispose());

    /// <summary>An external commit that was stored and damaged.</summary>
    private static StatelessTarget JoinState(FuzzGroup group)
    {
        using var join = Join(group, GroupInfo(group));
        using var state = join.Serialize();
        return new StatelessTarget(group, [state.Span.ToArray()], bytes =>
        {
            using var read = ExternalJoin.Deserialize(bytes, group.Joiner.Signer);
            read.Serialize().Dispose();
        });
    }

    private static GroupInfo GroupInfo(FuzzGroup group) => group.Alice.Group.ExportGroupInfo(new GroupInfoOptions { ExternalPub = true });

    private static ExternalJoin Join(FuzzGroup group, GroupInfo groupInfo)
    {
        var options = new ExternalJoinOptions { Credential = new BasicCredential(Opaque.Copy("joiner"u8)), Capabilities = Capabilities.Basic(FuzzGroup.Suite.Id) };
        return MlsGroup.JoinExternally(groupInfo, group.Joiner.Signer, options, group.Random.Fill);
    }

    private static AuthenticatedContent Sign(FuzzGroup group, FramedContent content) =>
        AuthenticatedContent.Sign(FuzzGroup.Suite, WireFormat.PublicMessage, content, group.Context, group.Joiner.Signer.PrivateKey);

    // Whoever claims to be a member has to bring a membership tag, which the joiner cannot make.
    private static void Give(FuzzGroup group, AuthenticatedContent signed)
    {
        Opaque? tag = signed.Content.Sender.Type == SenderType.Member ? new Opaque(new byte[FuzzGroup.Suite.HashSize]) : null;
        var auth = signed.Content.Body is CommitBody ? signed.Auth : signed.Auth with { ConfirmationTag = null };
        Members.Take(group, Tls.Decode<MlsMessage>(Tls.Encode(new MlsMessage(new PublicMessage(signed.Content, auth, tag)))));
    }
}
