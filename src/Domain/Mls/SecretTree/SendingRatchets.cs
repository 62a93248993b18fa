using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.SecretTree;

/// <summary>
/// The own leaf's ratchets. Application generations can be reserved: their keys are derived into memory and the ratchet
/// moves past them, so that a ratchet that is stored then never gives a key that a crash may have let out already.
/// </summary>
internal sealed class SendingRatchets(HashRatchet handshake, HashRatchet application) : IDisposable
{
    private readonly Queue<MessageKey> _reserved = new();
    private HashRatchet _handshake = handshake;
    private HashRatchet _application = application;

    public static SendingRatchets FromLeaf(CipherSuite suite, Secret leafSecret) =>
        new(HashRatchet.FromLeaf(suite, leafSecret, Labels.Handshake), HashRatchet.FromLeaf(suite, leafSecret, Labels.Application));

    /// <summary>The first application generation whose key was not derived.</summary>
    public ulong NextApplicationGeneration => _application.Next;

    /// <summary>Application generations whose keys are in memory.</summary>
    public int Reserved => _reserved.Count;

    public void Reserve(CipherSuite suite, int count)
    {
        for (var i = 0; i < count; i++)
            _reserved.Enqueue(Advance(suite, ref _application));
    }

    /// <summary>The next application key, a reserved one first; the caller disposes it after its one use.</summary>
    public MessageKey NextApplication(CipherSuite suite)
    {
        if (_reserved.Count == 0)
            Reserve(suite, 1);
        return _reserved.Dequeue();
    }

    /// <summary>The next handshake key.</summary>
    public MessageKey NextHandshake(CipherSuite suite) => Advance(suite, ref _handshake);

    /// <summary>Appends the ratchets; reserved keys are in memory only.</summary>
    public void WriteTo(TlsWriter writer)
    {
        _handshake.WriteTo(writer);
        _application.WriteTo(writer);
    }

    public static SendingRatchets ReadFrom(ref TlsReader reader) => new(HashRatchet.ReadFrom(ref reader), HashRatchet.ReadFrom(ref reader));

    public void Dispose()
    {
        _handshake.Dispose();
        _application.Dispose();
        while (_reserved.TryDequeue(out var key))
            key.Dispose();
    }

    private static MessageKey Advance(CipherSuite suite, ref HashRatchet ratchet)
    {
        var key = ratchet.CurrentKey(suite);
        using var used = ratchet;
        ratchet = used.Step(suite);
        return key;
    }
}
