namespace Skytale.Mls.Crypto;

/// <summary>
/// The public key of an EdDSA private key, computed once: BouncyCastle does it again for each signature. It is never
/// somebody else's, since a signature made with another's would give the private key away.
/// </summary>
internal sealed class EdDsaPublicKey(byte[] encoded) : IDisposable
{
    public ReadOnlySpan<byte> Encoded => encoded;

    public void Dispose()
    {
        // Nothing secret is here; the private key, with which this is disposed, says so itself when it is used again.
    }
}
