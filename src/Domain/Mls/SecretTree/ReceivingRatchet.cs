using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.SecretTree;

/// <summary>
/// Another member's ratchet: the place ahead of all keys seen, and the keys that were skipped. A key is staged first and
/// taken only when its message proved authentic, so that a forged or replayed one changes nothing.
/// </summary>
internal sealed class ReceivingRatchet(HashRatchet head) : IDisposable
{
    // Ascending by generation.
    private readonly List<MessageKey> _skipped = [];
    private HashRatchet _head = head;

    /// <summary>The key of a generation, and what taking it will change.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.GenerationConsumed"/> or <see cref="MlsError.GenerationTooFarAhead"/>.</exception>
    public StagedKey Stage(CipherSuite suite, Generation generation)
    {
        if (generation.Value < _head.Next)
        {
            var kept = _skipped.Find(key => key.Generation == generation)
                ?? throw new MlsException(MlsError.GenerationConsumed, $"generation {generation}");
            return StagedKey.Kept(this, kept);
        }
        if (generation.Value - _head.Next > RatchetLimits.MaxForward)
            throw new MlsException(MlsError.GenerationTooFarAhead, $"generation {generation} from {_head.Next}");
        return Forward(suite, generation);
    }

    public void Take(StagedKey staged)
    {
        if (staged.NewHead is null)
        {
            _skipped.Remove(staged.Key);
            return;
        }
        _head.Dispose();
        _head = staged.NewHead;
        _skipped.AddRange(staged.NewlySkipped);
        var tooMany = _skipped.Count - RatchetLimits.MaxSkippedKept;
        for (var i = 0; i < tooMany; i++)
            _skipped[i].Dispose();
        if (tooMany > 0)
            _skipped.RemoveRange(0, tooMany);
    }

    public void WriteTo(TlsWriter writer)
    {
        _head.WriteTo(writer);
        var start = writer.BeginVector();
        foreach (var key in _skipped)
            key.WriteTo(writer);
        writer.EndVector(start);
    }

    public static ReceivingRatchet ReadFrom(ref TlsReader reader)
    {
        var ratchet = new ReceivingRatchet(HashRatchet.ReadFrom(ref reader));
        var keys = reader.ReadVectorReader();
        while (keys.Remaining > 0)
            ratchet._skipped.Add(MessageKey.ReadFrom(ref keys));
        return ratchet;
    }

    public void Dispose()
    {
        _head.Dispose();
        foreach (var key in _skipped)
            key.Dispose();
        _skipped.Clear();
    }

    private StagedKey Forward(CipherSuite suite, Generation generation)
    {
        var skipped = new List<MessageKey>();
        var at = _head;
        while (at.Next < generation.Value)
        {
            // Keys that would be dropped at once are not derived.
            if (generation.Value - at.Next <= RatchetLimits.MaxSkippedKept)
                skipped.Add(at.CurrentKey(suite));
            at = StepFrom(suite, at);
        }
        var key = at.CurrentKey(suite);
        return StagedKey.Ahead(this, key, StepFrom(suite, at), skipped);
    }

    // The head itself stays until the key is taken; the places between are passing.
    private HashRatchet StepFrom(CipherSuite suite, HashRatchet at)
    {
        var next = at.Step(suite);
        if (!ReferenceEquals(at, _head))
            at.Dispose();
        return next;
    }
}
