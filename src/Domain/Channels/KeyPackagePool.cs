using Skytale.Groups;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.KeyPackages;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>One agent's KeyPackages at the relay (RFC 9420 §10): each is handed out once; one marked as last resort stays. Not for concurrent use.</summary>
internal sealed class KeyPackagePool(AgentId agent, ChannelLimits limits)
{
    private const int SpentKept = 1_000;

    private readonly Queue<Stored> _single = new();
    private readonly HashSet<Opaque> _known = [];
    private readonly Queue<Opaque> _spent = new();
    private Stored? _lastResort;

    private sealed record Stored(Opaque Reference, KeyPackage KeyPackage, ReadOnlyMemory<byte> Encoded);

    /// <summary>How many there are, valid still or not, and whether one of last resort.</summary>
    public (int Left, bool HasLastResort) Level => (_single.Count, _lastResort is not null);

    private int Available => _single.Count + (_lastResort is null ? 0 : 1);

    /// <summary>Stores a KeyPackage; one that is there or was handed out before changes nothing.</summary>
    /// <returns>How many are there.</returns>
    public Result<int> Store(KeyPackage keyPackage, ReadOnlyMemory<byte> encoded, DateTimeOffset now)
    {
        var valid = AgentKeyPackages.Validate(keyPackage, agent, now);
        if (!valid.IsSuccess)
            return valid.Refusal;
        var stored = new Stored(keyPackage.Reference(CipherSuite.Get(keyPackage.CipherSuite)), keyPackage, encoded.ToArray());
        if (_known.Contains(stored.Reference) || _lastResort?.Reference == stored.Reference)
            return Available;
        if (keyPackage.IsLastResort)
        {
            _lastResort = stored;
            return Available;
        }
        if (_single.Count >= limits.KeyPackagesPerAgent)
            return ChannelLimits.Reached($"{limits.KeyPackagesPerAgent} KeyPackages of an agent");
        _known.Add(stored.Reference);
        _single.Enqueue(stored);
        return Available;
    }

    /// <summary>Hands out the oldest that is still valid, else the last resort. What is not valid any more is dropped.</summary>
    public ReadOnlyMemory<byte>? Claim(DateTimeOffset now)
    {
        while (_single.TryDequeue(out var stored))
        {
            Spend(stored.Reference);
            if (AgentKeyPackages.Validate(stored.KeyPackage, agent, now).IsSuccess)
                return stored.Encoded;
        }
        if (_lastResort is not null && !AgentKeyPackages.Validate(_lastResort.KeyPackage, agent, now).IsSuccess)
            _lastResort = null;
        return _lastResort?.Encoded;
    }

    // A repeated upload of what was handed out must not put it back; the oldest of these are forgotten.
    private void Spend(Opaque reference)
    {
        _spent.Enqueue(reference);
        if (_spent.Count > SpentKept)
            _known.Remove(_spent.Dequeue());
    }
}
