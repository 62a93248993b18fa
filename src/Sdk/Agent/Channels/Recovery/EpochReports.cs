using Skytale.Mls.Codec;
using Skytale.Mls.Messages;

namespace Skytale.Agent.Channels;

/// <summary>
/// Who has which epoch_authenticator, as far as this agent knows: its own hashes and those that were reported in the channel's
/// order, of the newest epochs. Two of one epoch mean that the members are in different groups. Used under the session's gate.
/// </summary>
internal sealed class EpochReports
{
    private const int Kept = 16;

    private readonly SortedDictionary<Epoch, HashSet<Opaque>> _hashes = [];

    /// <summary>The newest epoch that this agent entered by another's commit, with its hash there, until the relay knows of it.</summary>
    public (Epoch Epoch, Opaque Hash)? Due { get; private set; }

    /// <summary>This agent entered an epoch.</summary>
    /// <returns>True when the members are found to be in different groups.</returns>
    public bool Entered(Epoch epoch, Opaque hash, bool byAnother)
    {
        var known = _hashes.TryGetValue(epoch, out var hashes) && hashes.Contains(hash);
        // A commit of its own on top of another's says the same.
        Due = byAnother && !known ? (epoch, hash) : null;
        return Add(epoch, hash);
    }

    /// <summary>A member reported an epoch.</summary>
    /// <returns>True when the members are found to be in different groups.</returns>
    public bool Reported(Epoch epoch, Opaque hash)
    {
        if (Due == (epoch, hash))
            Due = null;
        return Add(epoch, hash);
    }

    /// <summary>The relay was told.</summary>
    public void Told(Epoch epoch)
    {
        if (Due?.Epoch <= epoch)
            Due = null;
    }

    /// <summary>The channel is in this epoch again.</summary>
    public void WentBack(Epoch epoch)
    {
        Due = null;
        foreach (var later in _hashes.Keys.Where(known => known > epoch).ToList())
            _hashes.Remove(later);
    }

    private bool Add(Epoch epoch, Opaque hash)
    {
        if (!_hashes.TryGetValue(epoch, out var hashes))
        {
            _hashes.Add(epoch, [hash]);
            if (_hashes.Count > Kept)
                _hashes.Remove(_hashes.Keys.First());
            return false;
        }
        return hashes.Add(hash) && hashes.Count == 2;
    }
}
