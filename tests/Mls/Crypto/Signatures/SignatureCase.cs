namespace Skytale.Mls.Tests.Crypto.Signatures;

/// <summary>One signature, and what every backend must say about it.</summary>
/// <param name="Scheme">ed25519, ed448, ecdsa_secp256r1_sha256, …: RFC 8446 §4.2.3.</param>
/// <param name="Name">What is odd about it.</param>
/// <param name="KeyValid">Whether the public key may stand in a leaf.</param>
/// <param name="Valid">Whether the signature verifies.</param>
internal sealed record SignatureCase(string Scheme, string Name, byte[] PublicKey, byte[] Message, byte[] Signature, bool KeyValid, bool Valid)
{
    public override string ToString() => $"{Scheme}: {Name}";
}
