namespace Skytale.Mls.SecretTree;

/// <summary>
/// A key that a message asks for, before the message proved authentic. <see cref="Take"/> deletes it from its ratchet
/// (§9.2); disposal without that leaves the ratchet as it was.
/// </summary>
internal sealed class StagedKey : IDisposable
{
    private readonly ReceivingRatchet _ratchet;
    private bool _taken;

    private StagedKey(ReceivingRatchet ratchet, MessageKey key, HashRatchet? newHead, List<MessageKey> newlySkipped)
    {
        _ratchet = ratchet;
        Key = key;
        NewHead = newHead;
        NewlySkipped = newlySkipped;
    }

    /// <summary>A skipped key that its ratchet kept.</summary>
    public static StagedKey Kept(ReceivingRatchet ratchet, MessageKey key) => new(ratchet, key, null, []);

    /// <summary>A key at or ahead of the ratchet's place.</summary>
    public static StagedKey Ahead(ReceivingRatchet ratchet, MessageKey key, HashRatchet newHead, List<MessageKey> newlySkipped) =>
        new(ratchet, key, newHead, newlySkipped);

    public MessageKey Key { get; }

    /// <summary>The ratchet's place behind the key; null when the key was a kept one.</summary>
    public HashRatchet? NewHead { get; }

    public List<MessageKey> NewlySkipped { get; }

    /// <summary>The leaf that the ratchet belongs to, when it is not in the tree yet.</summary>
    public StagedLeaf? NewLeaf { get; set; }

    /// <summary>Deletes the key from its ratchet, which moves on.</summary>
    public void Take()
    {
        _taken = true;
        NewLeaf?.Take();
        _ratchet.Take(this);
    }

    public void Dispose()
    {
        // A kept key that was not taken still belongs to its ratchet.
        if (_taken || NewHead is not null)
            Key.Dispose();
        if (_taken)
            return;
        NewLeaf?.Dispose();
        NewHead?.Dispose();
        foreach (var key in NewlySkipped)
            key.Dispose();
    }
}
