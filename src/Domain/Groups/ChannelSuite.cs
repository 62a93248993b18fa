using Skytale.Mls.Crypto;

namespace Skytale.Groups;

/// <summary>The cipher suites of service channels: those whose signature scheme is Ed25519, which a did:key can spell.</summary>
public static class ChannelSuite
{
    /// <summary>What a new channel uses.</summary>
    public static CipherSuite Default { get; } = CipherSuite.Get(CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519);

    /// <summary>True for suites 1 and 3.</summary>
    public static bool IsAllowed(CipherSuiteId id) => id
        is CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519
        or CipherSuiteId.MLS_128_DHKEMX25519_CHACHA20POLY1305_SHA256_Ed25519;
}
