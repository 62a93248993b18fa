using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;

namespace Skytale.Mls.Groups;

/// <summary>§8.4: the pre-shared key of an id, as a copy that the group disposes; null when it is not known here.</summary>
public delegate Secret? FindPsk(PreSharedKeyId id);

internal static class PskLookup
{
    private const int ShownBytes = 32;

    /// <summary>Looks the PSKs up and chains them.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.UnknownPsk"/>.</exception>
    public static Secret Derive(CipherSuite suite, IEnumerable<PreSharedKeyId> ids, FindPsk? find)
    {
        var psks = new List<(PreSharedKeyId Id, Secret Psk)>();
        try
        {
            foreach (var id in ids)
                psks.Add((id, find?.Invoke(id) ?? throw new MlsException(MlsError.UnknownPsk, Name(id))));
            return PskSecret.Derive(suite, psks);
        }
        finally
        {
            foreach (var (_, psk) in psks)
                psk.Dispose();
        }
    }

    // An id is no secret, and who holds many PSKs is helped by its first bytes.
    private static string Name(PreSharedKeyId id) => id switch
    {
        ExternalPskId external => $"{id.Type}, id {Start(external.PskId)}",
        ResumptionPskId past => $"{id.Type}, group {Start(past.PskGroupId)}, epoch {past.PskEpoch}",
        _ => $"{id.Type}",
    };

    private static string Start(Opaque id) => id.Length <= ShownBytes ? id.ToString() : $"{Convert.ToHexStringLower(id.Span[..ShownBytes])}…";
}
