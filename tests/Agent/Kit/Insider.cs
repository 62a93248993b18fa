using System.Security.Cryptography;
using Skytale.Groups;
using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Mls.Tests.Forgery;
using Skytale.Mls.Tests.Groups;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Sdk;

namespace Skytale.Tests.Kit;

/// <summary>A member that sends commits whose public part is right, and whose rest is not.</summary>
internal static class Insider
{
    /// <summary>Forges a commit in the newest epoch that the member knows, and sends it with a GroupInfo that agrees with it.</summary>
    public static async Task<(Result<Accepted> Answer, PublicMessage Commit)> CommitAsync(SkytaleChannel channel, ForgedCommit forgery)
    {
        var session = channel.Session;
        var (group, keys) = (session.Head.Group, session.Context.Identity.Keys);
        // Neither the group nor the keys are the member's to dispose.
        var commit = forgery.By(new Member(group.Suite, "insider") { Signer = keys, Group = group });
        var staged = group.Public.Stage(group.Public.Verify(commit));
        var tree = new ExtensionList(new Extension(ExtensionType.RatchetTree, Tls.Encode(staged.NewTree)));
        var groupInfo = GroupInfo.Sign(group.Suite, staged.NewContext, tree, staged.ConfirmationTag, group.OwnLeaf, keys.PrivateKey);
        var answer = await session.Context.RequestAsync<Accepted>(
            request => new SendCommit(request, channel.Id, Tls.Encode(new MlsMessage(commit)).Memory, Tls.Encode(new MlsMessage(groupInfo)).Memory, null),
            TestContext.Current.CancellationToken);
        return (answer, commit);
    }

    /// <summary>Says of a good commit that it fails, which the member has not followed.</summary>
    public static async Task<Result<Accepted>> RejectAsync(SkytaleChannel channel, DeliverCommit commit)
    {
        var session = channel.Session;
        var (epoch, hash) = (session.Head.Epoch.Value, SHA256.HashData(commit.Commit.Span));
        var content = new CommitRejectedContent(channel.Id, epoch, hash, RejectionReason.ConfirmationTag, session.Context.Identity.Id);
        var signature = session.Context.Identity.Sign(LabeledContent.CommitRejected, content.Encode());
        return await session.Context.RequestAsync<Accepted>(
            request => new CommitRejected(request, channel.Id, epoch, hash, RejectionReason.ConfirmationTag, signature), TestContext.Current.CancellationToken);
    }

    /// <summary>A confirmation tag that is nobody's.</summary>
    public static ForgedCommit WithWrongTag => new() { Tag = tag => Flipped(tag) };

    /// <summary>A path whose highest secret nobody can decrypt: what is above the committer's half of the tree.</summary>
    public static ForgedCommit UndecryptableForTheOtherHalf => new()
    {
        Path = path => path with
        {
            Nodes = path.Nodes.SetItem(path.Nodes.Length - 1, path.Nodes[^1] with
            {
                EncryptedPathSecret = [.. path.Nodes[^1].EncryptedPathSecret.Select(secret => secret with { Ciphertext = Flipped(secret.Ciphertext) })],
            }),
        },
    };

    public static Opaque Flipped(Opaque bytes)
    {
        var copy = bytes.Span.ToArray();
        copy[^1] ^= 1;
        return new Opaque(copy);
    }
}
