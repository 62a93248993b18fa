using System.Collections.Immutable;
using Skytale.Mls.Credentials;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Groups;

/// <summary>§12.4.1, §12.4.3.2: what a commit is made from, by a member or by somebody who joins with it. It owns nothing.</summary>
internal sealed record CommitDraft
{
    /// <summary>The group in the epoch that the commit is for.</summary>
    public required PublicGroup Group { get; init; }

    public required Sender Sender { get; init; }

    public required ImmutableArray<ProposalOrRef> Proposals { get; init; }

    /// <summary>What the committer's new leaf says; keys, parent hash and signature are set when there is a path.</summary>
    public required LeafNode Leaf { get; init; }

    /// <summary>Signs the commit: the key of the committer's leaf before it, or of the leaf that it joins with.</summary>
    public required SignatureKeyPair Signer { get; init; }

    /// <summary>Signs the new leaf and the GroupInfo.</summary>
    public required SignatureKeyPair NextSigner { get; init; }

    /// <summary>The committer's private keys before; none when it joins.</summary>
    public required TreePrivateKeys? Known { get; init; }

    /// <summary>The last epoch's init_secret, or the external one.</summary>
    public required Secret InitSecret { get; init; }

    public required bool ForcePath { get; init; }

    public required FramingOptions Framing { get; init; }

    public required GroupInfoOptions GroupInfo { get; init; }

    public LifetimePolicy? Lifetimes { get; init; }

    public AcceptCredential? Accept { get; init; }

    public FindPsk? FindPsk { get; init; }

    /// <summary>What resumption PSKs may be for.</summary>
    public ResumptionPskUsage PskUsage { get; init; } = ResumptionPskUsage.Application;
}
