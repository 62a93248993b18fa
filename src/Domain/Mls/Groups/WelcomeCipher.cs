using System.Collections.Immutable;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.KeySchedule;
using Skytale.Mls.Messages;

namespace Skytale.Mls.Groups;

/// <summary>§12.4.3.1: a GroupInfo under the welcome_secret, and each new member's GroupSecrets under its init key.</summary>
internal static class WelcomeCipher
{
    /// <param name="newMembers">Each with its path secret, which stays the caller's; null when the commit had no path.</param>
    public static Welcome Seal(
        CipherSuite suite,
        JoinerSecret joiner,
        Secret pskSecret,
        ImmutableArray<PreSharedKeyId> psks,
        GroupInfo groupInfo,
        IReadOnlyList<(KeyPackage KeyPackage, Secret? PathSecret)> newMembers,
        FillRandom random)
    {
        using var groupInfoBytes = new TlsWriter();
        groupInfoBytes.Write(groupInfo);
        var encryptedGroupInfo = new byte[groupInfoBytes.Length + suite.Aead.TagSize];
        using (var key = WelcomeKey.Derive(suite, joiner, pskSecret))
            suite.Aead.Seal(key.Key.Span, key.Nonce.Span, [], groupInfoBytes.WrittenSpan, encryptedGroupInfo);

        var jobs = new List<(HpkePublicKey Recipient, Secret Plaintext)>(newMembers.Count);
        try
        {
            foreach (var (keyPackage, pathSecret) in newMembers)
            {
                using var secrets = new TlsWriter();
                // The GroupSecrets only lends the two secrets to the writer: it is not disposed, their owners do that.
                new GroupSecrets(joiner.Value, pathSecret, psks).WriteTo(secrets);
                jobs.Add((keyPackage.InitKey, Secret.Copy(secrets.WrittenSpan)));
            }

            // encrypted_group_secrets = EncryptWithLabel(init_key, "Welcome", encrypted_group_info, group_secrets)
            var ciphertexts = Batch.EncryptWithLabel(suite, Labels.Welcome, new Opaque(encryptedGroupInfo), jobs, random);
            var all = ImmutableArray.CreateBuilder<EncryptedGroupSecrets>(newMembers.Count);
            for (var i = 0; i < newMembers.Count; i++)
                all.Add(new EncryptedGroupSecrets(newMembers[i].KeyPackage.Reference(suite), ciphertexts[i]));
            return new Welcome(suite.Id, all.DrainToImmutable(), new Opaque(encryptedGroupInfo));
        }
        finally
        {
            foreach (var (_, plaintext) in jobs)
                plaintext.Dispose();
        }
    }

    /// <exception cref="MlsException"><see cref="MlsError.WelcomeNotForMe"/> or <see cref="MlsError.WelcomeOpenFailed"/>.</exception>
    public static GroupSecrets OpenSecrets(CipherSuite suite, Welcome welcome, Opaque keyPackageRef, HpkeKeyPair initKey)
    {
        var encrypted = welcome.SecretsFor(keyPackageRef) ?? throw new MlsException(MlsError.WelcomeNotForMe);
        try
        {
            // group_secrets = DecryptWithLabel(init_key_priv, "Welcome", encrypted_group_info, kem_output, ciphertext)
            using var plaintext = suite.DecryptWithLabel(initKey, Labels.Welcome, welcome.EncryptedGroupInfo.Span, encrypted.Ciphertext);
            var secrets = GroupSecrets.Decode(plaintext);

            // Both have KDF.Nh bytes; whoever sent them chose their lengths.
            if (secrets.JoinerSecret.Length == suite.HashSize && (secrets.PathSecret?.Length ?? suite.HashSize) == suite.HashSize)
                return secrets;
            secrets.Dispose();
            throw new MlsException(MlsError.WelcomeOpenFailed, "a secret does not have KDF.Nh bytes");
        }
        catch (MlsException e)
        {
            throw new MlsException(MlsError.WelcomeOpenFailed, $"GroupSecrets: {e.Message}", e);
        }
    }

    /// <exception cref="MlsException"><see cref="MlsError.WelcomeOpenFailed"/>.</exception>
    public static GroupInfo OpenGroupInfo(CipherSuite suite, Welcome welcome, JoinerSecret joiner, Secret pskSecret)
    {
        var encrypted = welcome.EncryptedGroupInfo.Span;
        if (encrypted.Length < suite.Aead.TagSize)
            throw new MlsException(MlsError.WelcomeOpenFailed, "shorter than its tag");
        var groupInfo = new byte[encrypted.Length - suite.Aead.TagSize];
        using var key = WelcomeKey.Derive(suite, joiner, pskSecret);
        if (!suite.Aead.TryOpen(key.Key.Span, key.Nonce.Span, [], encrypted, groupInfo))
            throw new MlsException(MlsError.WelcomeOpenFailed, "GroupInfo");
        return Tls.Decode<GroupInfo>(new Opaque(groupInfo));
    }

    // welcome_nonce = ExpandWithLabel(welcome_secret, "nonce", "", AEAD.Nn)
    // welcome_key = ExpandWithLabel(welcome_secret, "key", "", AEAD.Nk)
    private sealed record WelcomeKey(Secret Key, Secret Nonce) : IDisposable
    {
        public static WelcomeKey Derive(CipherSuite suite, JoinerSecret joiner, Secret pskSecret)
        {
            using var welcomeSecret = joiner.DeriveWelcomeSecret(pskSecret);
            return new WelcomeKey(
                suite.ExpandWithLabel(welcomeSecret, Labels.Key, [], suite.Aead.KeySize),
                suite.ExpandWithLabel(welcomeSecret, Labels.Nonce, [], suite.Aead.NonceSize));
        }

        public void Dispose()
        {
            Key.Dispose();
            Nonce.Dispose();
        }
    }
}
