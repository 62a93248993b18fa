using Skytale.Mls.Crypto;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;

namespace Skytale.Mls.Groups;

/// <summary>§8.4: the pre-shared key of an id, as a copy that the group disposes; null when it is not known here.</summary>
public delegate Secret? FindPsk(PreSharedKeyId id);

internal static class PskLookup
{
    /// <summary>Looks the PSKs up and chains them.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.UnknownPsk"/>.</exception>
    public static Secret Derive(CipherSuite suite, IEnumerable<PreSharedKeyId> ids, FindPsk? find)
    {
        var psks = new List<(PreSharedKeyId Id, Secret Psk)>();
        try
        {
            foreach (var id in ids)
                psks.Add((id, find?.Invoke(id) ?? throw new MlsException(MlsError.UnknownPsk, $"{id.Type}")));
            return PskSecret.Derive(suite, psks);
        }
        finally
        {
            foreach (var (_, psk) in psks)
                psk.Dispose();
        }
    }
}
