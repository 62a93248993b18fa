using Skytale.Mls.Framing;

namespace Skytale.Mls.Proposals;

/// <summary>§12.4: a proposal of a commit with who proposed it: the committer, when it stands in the commit by value.</summary>
public sealed record ResolvedProposal(Proposal Proposal, Sender Sender);
