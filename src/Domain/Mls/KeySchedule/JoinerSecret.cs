using Skytale.Mls.Crypto;
using Skytale.Mls.Messages;

namespace Skytale.Mls.KeySchedule;

// §8, from the last epoch's init_secret to this epoch's secrets:
//
//   init_secret_[n-1] -> KDF.Extract <- commit_secret
//                            |
//            ExpandWithLabel(., "joiner", GroupContext_[n], KDF.Nh)
//                            |
//                      joiner_secret -> KDF.Extract <- psk_secret (or 0)
//                                           |
//                                           +-> DeriveSecret(., "welcome") = welcome_secret
//                                           |
//                         ExpandWithLabel(., "epoch", GroupContext_[n], KDF.Nh) = epoch_secret

/// <summary>§8: the secret that a commit leads to and a Welcome carries; the epoch's secrets follow from it and the PSKs.</summary>
internal sealed class JoinerSecret(CipherSuite suite, Secret value) : IDisposable
{
    /// <summary>joiner_secret, KDF.Nh bytes; owned by this object.</summary>
    public Secret Value { get; } = value;

    /// <summary>The joiner_secret of the epoch that the GroupContext describes.</summary>
    public static JoinerSecret Derive(CipherSuite suite, Secret initSecret, Secret commitSecret, GroupContext context)
    {
        using var extracted = suite.Extract(initSecret.Span, commitSecret.Span);
        GC.KeepAlive(initSecret);
        GC.KeepAlive(commitSecret);
        return new JoinerSecret(suite, suite.ExpandWithLabel(extracted, Labels.Joiner, context.Encode().Span, suite.HashSize));
    }

    /// <summary>welcome_secret, from which the Welcome's key and nonce come.</summary>
    public Secret DeriveWelcomeSecret(Secret pskSecret)
    {
        using var member = suite.Extract(Value.Span, pskSecret.Span);
        return suite.DeriveSecret(member, Labels.WelcomeSecret);
    }

    /// <summary>The secrets of the epoch that the GroupContext describes.</summary>
    public EpochSecrets DeriveEpoch(Secret pskSecret, GroupContext context)
    {
        using var member = suite.Extract(Value.Span, pskSecret.Span);
        using var epochSecret = suite.ExpandWithLabel(member, Labels.Epoch, context.Encode().Span, suite.HashSize);
        return EpochSecrets.Derive(suite, epochSecret);
    }

    public void Dispose() => Value.Dispose();
}
