using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;

namespace Skytale.Mls.Groups;

/// <summary>A proposal of this member's own.</summary>
/// <param name="Message">For the group.</param>
/// <param name="Reference">Names it in a commit of this epoch.</param>
public sealed record SentProposal(MlsMessage Message, ProposalRef Reference);
