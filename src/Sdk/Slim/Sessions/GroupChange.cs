using Skytale.Protocol.Envelopes;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>What a GROUP_UPDATE says that its commit does, and to whom.</summary>
internal sealed record GroupChange(GroupUpdateOperation Operation, SlimNameId? Participant)
{
    /// <summary>True when that is what the commit does, and nothing else.</summary>
    public bool IsMadeBy(IReadOnlyList<SlimNameId?> added, IReadOnlyList<SlimNameId?> removed)
    {
        if (Participant is null)
            return false;
        SlimNameId?[] one = [Participant], none = [];
        return Operation switch
        {
            GroupUpdateOperation.Add => added.SequenceEqual(one) && removed.SequenceEqual(none),
            GroupUpdateOperation.Remove => added.SequenceEqual(none) && removed.SequenceEqual(one),
            GroupUpdateOperation.Rejoin => added.SequenceEqual(one) && removed.SequenceEqual(one),
            _ => false,
        };
    }
}
