namespace Skytale.Mls.Crypto;

/// <summary>
/// Whether the libsodium that was loaded checks signatures by the rule of <see cref="EdDsaVerifier{TElement}"/>. Builds
/// differ (one of its options is compatibility with what the rule refuses), and a process may bring its own: one that
/// differs is not used. The signatures are of the file that all backends are tested with.
/// </summary>
internal static class SodiumRule
{
    private static readonly (string PublicKey, string Message, string Signature, bool Valid)[] Cases =
    [
        // A is of small order.
        ("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f", "736d616c6c20412033", "77ea93ad54455c3eaa6bf6197fef3c7e9e1efafa72b59fd8f4d0a5e24f9f241442e69c8f8f9da3c3f94510bbae0b62d5e697ad596c9dd8670100000000000000", false),
        // R is neutral.
        ("2038d028ae4ff83499490fe6b05a4fd6b04aed937ea69cb261afdeb2a3c418f2", "736d616c6c2052", "0100000000000000000000000000000000000000000000000000000000000000d2589d3ae60cd0323c83d3653a6dd80ca81e58f102909f73d2716b354a86cd07", false),
        // A is mixed: right without the cofactor.
        ("cdc72fd751b007cb66b6f0194fa5b0294fb5126c8159634d9e50214d5c3be70d", "6d6978656420412031", "77ea93ad54455c3eaa6bf6197fef3c7e9e1efafa72b59fd8f4d0a5e24f9f2414c635105570a3eeeeed6ba79527f2d961e7568e95e7a9e0e017726b6023e43a02", true),
        // R is mixed: right with the cofactor alone.
        ("2038d028ae4ff83499490fe6b05a4fd6b04aed937ea69cb261afdeb2a3c418f2", "6d697865642052", "76156c52abbaa3c1559409e68010c38161e105058d4a60270b2f5a1db060dbeb63f70c3b86157bf49fca17d9018b009ee1b27e4a2752a4e7b6fa0eec3ad10501", false),
    ];

    /// <summary>True when each of the signatures is judged as it must be.</summary>
    public static bool Holds() => Array.TrueForAll(Cases, one => Verify(one.PublicKey, one.Message, one.Signature) == one.Valid);

    private static bool Verify(string publicKey, string message, string signature) =>
        Sodium.VerifyDetached(Convert.FromHexString(signature), Convert.FromHexString(message), Convert.FromHexString(publicKey));
}
