using System.Security.Cryptography;
using Skytale.Groups;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Relay.Tests.Kit;

// What the agent says of commits, and hears of them.
internal sealed partial class TestAgent
{
    /// <summary>What tells the members of this agent's group from others'.</summary>
    public Opaque HashOfEpoch
    {
        get
        {
            using var authenticator = Group.EpochAuthenticator;
            return AppliedHash.Compute(Group.GroupId, Group.Epoch, authenticator.Span);
        }
    }

    /// <summary>Says that this agent is in its epoch by another's commit.</summary>
    public Task<Accepted> ReportAsync(Opaque? hash = null) => Connection.AskAsync<Accepted>(ReportOf(Group.Epoch.Value, hash ?? HashOfEpoch));

    public Func<RequestId, Applied> ReportOf(ulong epoch, Opaque hash) => request => new Applied(request, ChannelId, epoch, hash.Memory);

    /// <summary>Says that a commit fails here.</summary>
    public Func<RequestId, CommitRejected> RejectionOf(DeliverCommit commit, TestAgent? signer = null, ulong? epoch = null) => request =>
    {
        var ended = epoch ?? Group.Epoch.Value;
        var hash = SHA256.HashData(commit.Commit.Span);
        var content = new CommitRejectedContent(ChannelId, ended, hash, RejectionReason.ConfirmationTag, Id);
        return new CommitRejected(request, ChannelId, ended, hash, RejectionReason.ConfirmationTag, Sign(LabeledContent.CommitRejected, content.Encode(), signer));
    };

    /// <summary>Asks to be added again by a KeyPackage made for this.</summary>
    public Func<RequestId, AskReAdding> WishOf(ulong epoch, TestAgent? signer = null)
    {
        var bundle = NewBundle();
        _bundles.Add(bundle);
        var content = new ReAddingContent(ChannelId, epoch, ReAddingReason.LostState, bundle.KeyPackage.Reference(ChannelSuite.Default).Memory, Id);
        return request => new AskReAdding(
            request, ChannelId, epoch, ReAddingReason.LostState, Encode(new MlsMessage(bundle.KeyPackage)), Sign(LabeledContent.ReAdding, content.Encode(), signer));
    }

    private ReadOnlyMemory<byte> Sign(string label, byte[] content, TestAgent? signer) =>
        ChannelSuite.Default.Signature.Sign((signer ?? this).Signer.PrivateKey, LabeledContent.Encode(label, content).Span).Memory;

    /// <summary>The next entry of a kind, on a stream of its own.</summary>
    public async Task<TFrame> NextAsync<TFrame>() where TFrame : Frame
    {
        var delivery = await SubscribeAsync();
        await delivery.NextAsync<Subscribed>();
        while (await delivery.NextAsync() is { } frame)
        {
            if (frame is not TFrame found)
                continue;
            await delivery.DisposeAsync();
            return found;
        }
        throw new ShouldAssertException($"The stream ended without {typeof(TFrame).Name}.");
    }

    /// <summary>Rejects the next commit.</summary>
    public async Task<Sequence> RejectAsync() => (await Connection.AskAsync<Accepted>(RejectionOf(await NextAsync<DeliverCommit>()))).Sequence;
}
