using System.Text.Json;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;

namespace Skytale.MlsVectors.Formats;

/// <summary>The PSKs of a passive client: those of its case, and the resumption PSKs of the epochs that it was in.</summary>
internal sealed class KnownPsks : IDisposable
{
    private readonly Dictionary<Opaque, Secret> _external = [];
    private readonly Dictionary<(Opaque GroupId, Epoch Epoch), Secret> _resumption = [];

    public KnownPsks(JsonElement[] external)
    {
        foreach (var psk in external)
        {
            // A PSK that is used twice may be listed twice.
            var (id, secret) = (psk.Bytes("psk_id"), psk.SecretOf("psk"));
            if (_external.TryAdd(id, secret))
                continue;
            using (secret)
                Agree.That(secret.FixedTimeEquals(_external[id]), "a 'psk_id' stands twice in external_psks, with two keys");
        }
    }

    public void Keep(MlsGroup group) => _resumption[(group.GroupId, group.Epoch)] = group.ResumptionPsk;

    public Secret? Find(PreSharedKeyId id) => id switch
    {
        ExternalPskId external when _external.TryGetValue(external.PskId, out var psk) => Secret.Copy(psk.Span),
        ResumptionPskId own when _resumption.TryGetValue((own.PskGroupId, own.PskEpoch), out var psk) => Secret.Copy(psk.Span),
        _ => null,
    };

    public void Dispose()
    {
        foreach (var psk in _external.Values.Concat(_resumption.Values))
            psk.Dispose();
    }
}
