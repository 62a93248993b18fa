using Skytale.Mls.Crypto;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;
using Skytale.Mls.Tree;

namespace Skytale.Mls.Tests.Forgetting;

/// <summary>
/// The passing secrets of a commit with a path and without PSKs, derived anew beside the library from what the committer
/// drew and the init_secret that it had. As plain bytes: what is looked for must not itself lie in secret memory.
/// </summary>
internal sealed class EpochTrace
{
    private readonly List<(string Name, byte[] Value)> _passing = [];
    private readonly List<(string Name, byte[] Value, HpkePublicKey PublicKey)> _nodeKeys = [];

    /// <param name="firstPathSecret">path_secret[0]: what the committer drew first.</param>
    public EpochTrace(CipherSuite suite, byte[] initSecret, byte[] firstPathSecret, int pathLength, GroupContext context)
    {
        // §7.4, §7.5: path_secret[n+1] = DeriveSecret(path_secret[n], "path"), node_secret[n] = DeriveSecret(path_secret[n], "node")
        using var path = new PathSecrets(suite, Secret.Copy(firstPathSecret), pathLength);
        for (var n = 0; n < pathLength; n++)
        {
            Keep($"path_secret[{n}]", path[n]);
            using var nodeSecret = suite.DeriveSecret(path[n], Labels.Node);
            Keep($"node_secret[{n}]", nodeSecret);
            using var pair = path.KeyPair(suite, n);
            _nodeKeys.Add(($"node_priv[{n}]", pair.PrivateKey.Value.Span.ToArray(), pair.PublicKey));
        }
        Keep("commit_secret", path.CommitSecret);

        // §8: init_secret, commit_secret -> joiner_secret; with the psk_secret (0 here) -> welcome_secret, epoch_secret
        using var init = Secret.Copy(initSecret);
        using var joiner = JoinerSecret.Derive(suite, init, path.CommitSecret, context);
        using var pskSecret = PskSecret.None(suite);
        using var member = suite.Extract(joiner.Value.Span, pskSecret.Span);
        using var welcome = joiner.DeriveWelcomeSecret(pskSecret);
        using var epoch = suite.ExpandWithLabel(member, Labels.Epoch, context.Encode().Span, suite.HashSize);
        using var encryption = suite.DeriveSecret(epoch, Labels.Encryption);
        using var authenticator = suite.DeriveSecret(epoch, Labels.Authentication);
        _passing.Add(("init_secret before", initSecret));
        Keep("joiner_secret", joiner.Value);
        Keep("member_secret", member);
        Keep("welcome_secret", welcome);
        Keep("epoch_secret", epoch);
        Keep("encryption_secret", encryption);
        EpochAuthenticator = authenticator.Span.ToArray();
    }

    /// <summary>Of no use once the epoch has started: must be nowhere.</summary>
    public IReadOnlyList<(string Name, byte[] Value)> Passing => _passing;

    /// <summary>The private keys of the committer's path: its own from then on.</summary>
    public IReadOnlyList<(string Name, byte[] Value, HpkePublicKey PublicKey)> NodeKeys => _nodeKeys;

    /// <summary>Tells that the trace is the library's own derivation.</summary>
    public byte[] EpochAuthenticator { get; }

    private void Keep(string name, Secret secret) => _passing.Add((name, secret.Span.ToArray()));
}
