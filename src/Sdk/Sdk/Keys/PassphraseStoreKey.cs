using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;
using Skytale.Mls.Crypto;
using Skytale.Sdk.State;

namespace Skytale.Sdk;

/// <summary>The record has the parameters and the salt with which the passphrase gives the key.</summary>
internal sealed class PassphraseStoreKey(string passphrase) : RecordedStoreKey(Extension)
{
    internal const string Extension = ".passphrase";

    private const int SaltSize = 16;

    // RFC 9106 §4's second choice, with the one lane that libsodium has.
    private const int MemoryKiB = 64 * 1024;
    private const int Passes = 3;

    // A record from elsewhere may not ask for all of the machine's memory.
    private const int MostMemoryKiB = 1 << 20;
    private const int MostPasses = 64;

    private protected override byte[] NewRecord() =>
        HomeJson.Write(new PassphraseRecord("argon2id", MemoryKiB, Passes, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SaltSize))), HomeJson.Default.PassphraseRecord);

    private protected override Secret KeyOf(byte[] record, string path)
    {
        var (algorithm, memory, passes, salt) = HomeJson.Read(path, record, HomeJson.Default.PassphraseRecord);
        if (algorithm != "argon2id" || memory is < 8 or > MostMemoryKiB || passes is < 1 or > MostPasses || salt.Length != 2 * SaltSize || !salt.All(char.IsAsciiHexDigit))
            throw new SkytaleException(SkytaleError.StateUnreadable, $"{path} has parameters that this version does not take.", "Restore it from a backup.");
        var kdf = PasswordBasedKeyDerivationAlgorithm.Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = memory, NumberOfPasses = passes });
        var password = Encoding.UTF8.GetBytes(passphrase);
        var key = kdf.DeriveBytes(password, Convert.FromHexString(salt), Size);
        try
        {
            return Secret.Copy(key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(password);
        }
    }
}

/// <summary>What <c>store.passphrase</c> holds: nothing from which the key follows without the passphrase.</summary>
/// <param name="Salt">16 bytes in hexadecimal.</param>
internal sealed record PassphraseRecord(string Algorithm, int MemoryKib, int Passes, string Salt);
