using System.Runtime.InteropServices;

namespace Skytale.Mls.Crypto;

/// <summary>
/// The libsodium that NSec brings, called directly: NSec's key objects cost more than the operations and do not scale
/// over cores. Nothing here may be called where <see cref="IsAvailable"/> says no.
/// </summary>
internal static unsafe partial class Sodium
{
    private const string Library = "libsodium";

    /// <summary>
    /// True when libsodium is there for this platform, initialises, and checks signatures by the rule. It is looked for as
    /// the calls below look for it: beside this assembly, where the package's dependencies say, then where the system
    /// keeps its libraries.
    /// </summary>
    public static bool IsAvailable { get; } = CanLoad(Library) && sodium_init() >= 0 && SodiumRule.Holds();

    /// <summary>True when a native library of this name can be loaded by this assembly.</summary>
    internal static bool CanLoad(string library) => NativeLibrary.TryLoad(library, typeof(Sodium).Assembly, null, out _);

    /// <summary>RFC 7748 X25519; false when the result is all zeros, as RFC 9180 §7.1.4 asks to check.</summary>
    public static bool ScalarMult(Span<byte> result, ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point)
    {
        fixed (byte* q = result, n = scalar, p = point)
            return crypto_scalarmult_curve25519(q, n, p) == 0;
    }

    /// <summary>The public key of an X25519 scalar.</summary>
    public static void ScalarMultBase(Span<byte> result, ReadOnlySpan<byte> scalar)
    {
        fixed (byte* q = result, n = scalar)
            _ = crypto_scalarmult_curve25519_base(q, n);
    }

    /// <summary>Ed25519 key pair of a seed: 32 bytes public, 64 bytes (seed and public key) private.</summary>
    public static void SignSeedKeyPair(Span<byte> publicKey, Span<byte> privateKey, ReadOnlySpan<byte> seed)
    {
        fixed (byte* pk = publicKey, sk = privateKey, s = seed)
            _ = crypto_sign_ed25519_seed_keypair(pk, sk, s);
    }

    /// <summary>Ed25519 signature, 64 bytes.</summary>
    public static void SignDetached(Span<byte> signature, ReadOnlySpan<byte> message, ReadOnlySpan<byte> privateKey)
    {
        fixed (byte* sig = signature, m = message, sk = privateKey)
            _ = crypto_sign_ed25519_detached(sig, null, m, (ulong)message.Length, sk);
    }

    /// <summary>Ed25519 verification: canonical S, A and R, none of small order, the cofactorless equation.</summary>
    public static bool VerifyDetached(ReadOnlySpan<byte> signature, ReadOnlySpan<byte> message, ReadOnlySpan<byte> publicKey)
    {
        fixed (byte* sig = signature, m = message, pk = publicKey)
            return crypto_sign_ed25519_verify_detached(sig, m, (ulong)message.Length, pk) == 0;
    }

    /// <summary>True for a canonical point of the main subgroup, not of small order.</summary>
    public static bool IsValidPoint(ReadOnlySpan<byte> point)
    {
        fixed (byte* p = point)
            return crypto_core_ed25519_is_valid_point(p) == 1;
    }

    [LibraryImport(Library)]
    private static partial int sodium_init();

    [LibraryImport(Library)]
    private static partial int crypto_scalarmult_curve25519(byte* q, byte* n, byte* p);

    [LibraryImport(Library)]
    private static partial int crypto_scalarmult_curve25519_base(byte* q, byte* n);

    [LibraryImport(Library)]
    private static partial int crypto_sign_ed25519_seed_keypair(byte* pk, byte* sk, byte* seed);

    [LibraryImport(Library)]
    private static partial int crypto_sign_ed25519_detached(byte* sig, ulong* siglen, byte* m, ulong mlen, byte* sk);

    [LibraryImport(Library)]
    private static partial int crypto_sign_ed25519_verify_detached(byte* sig, byte* m, ulong mlen, byte* pk);

    [LibraryImport(Library)]
    private static partial int crypto_core_ed25519_is_valid_point(byte* p);
}
