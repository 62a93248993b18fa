using Skytale.Mls.Messages;

namespace Skytale.Mls.Groups;

/// <summary>A group of one at epoch 0, and the Welcome by which its creator enters it.</summary>
/// <param name="GroupInfo">Signed by leaf 0, with the ratchet_tree extension.</param>
/// <param name="Welcome">For the creator's key package.</param>
public sealed record GroupCreation(GroupInfo GroupInfo, Welcome Welcome);
