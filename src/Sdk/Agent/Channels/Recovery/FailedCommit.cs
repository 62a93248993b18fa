using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Agent.Channels;

/// <summary>A commit that the relay accepted and that fails here: the channel stands still before it, in the commit's epoch.</summary>
internal sealed class FailedCommit(DeliverCommit frame, Epoch epoch, MlsException why)
{
    public DeliverCommit Frame { get; } = frame;

    public Epoch Epoch { get; } = epoch;

    /// <summary>SHA-256 of the commit as it was delivered.</summary>
    public Opaque Hash { get; } = new(System.Security.Cryptography.SHA256.HashData(frame.Commit.Span));

    public MlsException Why { get; } = why;

    /// <summary>True for a commit of this agent's own that its store does not know.</summary>
    public bool IsOwn => Why.Error == MlsError.OwnMessage;

    /// <summary>True once it was compared with what its committer signed.</summary>
    public bool IsCompared { get; set; }

    /// <summary>True once the relay was told, and has answered.</summary>
    public bool IsReported { get; set; }

    /// <summary>Where the relay says that it was decided: this commit is void, or stands. Null while it has not said.</summary>
    public Sequence? DecidedAt { get; set; }

    public RejectionReason Reason => Why.Error switch
    {
        MlsError.InvalidMembershipTag => RejectionReason.MembershipTag,
        MlsError.InvalidConfirmationTag => RejectionReason.ConfirmationTag,
        MlsError.HpkeOpenFailed or MlsError.PathKeyMismatch or MlsError.PathNotForMe or MlsError.InvalidPrivateKey => RejectionReason.Path,
        _ => RejectionReason.Rule,
    };
}
