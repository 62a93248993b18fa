namespace Skytale.Mls.Crypto;

/// <summary>
/// Which backend X25519 and Ed25519 have in this process: libsodium where it can be loaded, else BouncyCastle. Decided
/// once, when a cipher suite is first asked for, by <see cref="Sodium.IsAvailable"/>; both accept the same keys and
/// signatures, so that it shows in the time alone.
/// </summary>
internal static class Curve25519
{
    public static IXdh X25519 { get; } = Sodium.IsAvailable ? SodiumX25519.Instance : BouncyX25519.Instance;

    public static ISignatureScheme Ed25519 { get; } = Sodium.IsAvailable ? SodiumEd25519.Instance : PortableEd25519.Instance;
}
