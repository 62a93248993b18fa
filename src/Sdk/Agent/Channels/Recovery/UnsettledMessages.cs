using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.Agent.Channels;

/// <summary>
/// How many messages of this agent's own the relay took in epochs that no other member has reported to be in: they are void
/// where the commit that led there is. Used under the session's gate.
/// </summary>
internal sealed class UnsettledMessages
{
    private readonly SortedDictionary<Epoch, (ulong Count, Sequence Last)> _epochs = [];

    /// <summary>One more came back.</summary>
    public void Add(Epoch epoch, Sequence sequence) => _epochs[epoch] = (_epochs.GetValueOrDefault(epoch).Count + 1, sequence);

    /// <summary>Another member is in the channel's newest epoch: everything up to here stands.</summary>
    public void Settle() => _epochs.Clear();

    /// <summary>The channel is in this epoch again: takes what was sent in later ones.</summary>
    public (ulong Count, Sequence Last) TakeBehind(Epoch epoch)
    {
        (ulong Count, Sequence Last) taken = default;
        foreach (var later in _epochs.Keys.Where(known => known > epoch).ToList())
        {
            taken = (taken.Count + _epochs[later].Count, _epochs[later].Last);
            _epochs.Remove(later);
        }
        return taken;
    }
}
