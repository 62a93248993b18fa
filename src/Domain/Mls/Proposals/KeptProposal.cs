using Skytale.Mls.Framing;

namespace Skytale.Mls.Proposals;

/// <summary>§12.4: a proposal that was sent on its own in this epoch, with the name that a commit uses for it.</summary>
public sealed record KeptProposal(ProposalRef Reference, Proposal Proposal, Sender Sender);
