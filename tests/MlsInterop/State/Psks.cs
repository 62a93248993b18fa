using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;

namespace Skytale.MlsInterop.State;

/// <summary>The PSKs that one actor knows: those that the runner gave it, and the resumption PSKs of the epochs that it was in.</summary>
internal sealed class Psks : IDisposable
{
    private readonly Dictionary<Opaque, Secret> _external = [];
    private readonly Dictionary<(Opaque GroupId, Epoch Epoch), Secret> _resumption = [];

    public void Store(Opaque id, ReadOnlySpan<byte> psk) => Put(_external, id, Secret.Copy(psk));

    /// <summary>Keeps the resumption PSK of the group's epoch.</summary>
    public void Keep(MlsGroup group) => Put(_resumption, (group.GroupId, group.Epoch), group.ResumptionPsk);

    /// <summary>Takes in what the same actor knows elsewhere.</summary>
    public void Learn(Psks other)
    {
        foreach (var (id, psk) in other._external)
            Put(_external, id, Secret.Copy(psk.Span));
        foreach (var (epoch, psk) in other._resumption)
            Put(_resumption, epoch, Secret.Copy(psk.Span));
    }

    public Secret? Find(PreSharedKeyId id) => id switch
    {
        ExternalPskId external when _external.TryGetValue(external.PskId, out var psk) => Secret.Copy(psk.Span),
        ResumptionPskId past when _resumption.TryGetValue((past.PskGroupId, past.PskEpoch), out var psk) => Secret.Copy(psk.Span),
        _ => null,
    };

    public void Dispose()
    {
        foreach (var psk in _external.Values.Concat(_resumption.Values))
            psk.Dispose();
    }

    private static void Put<TKey>(Dictionary<TKey, Secret> psks, TKey key, Secret psk) where TKey : notnull
    {
        if (psks.Remove(key, out var before))
            before.Dispose();
        psks.Add(key, psk);
    }
}
