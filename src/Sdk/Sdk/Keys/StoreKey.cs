using Skytale.Mls.Crypto;
using Skytale.SqlCipher;

namespace Skytale.Sdk;

/// <summary>
/// Where the key of an agent's store comes from: 32 bytes with which SQLCipher encrypts the whole file. What is needed to find
/// the key again (but never a passphrase) is kept in a file beside the store that only its owner may read.
/// </summary>
/// <remarks>Immutable; may be used concurrently.</remarks>
public abstract class StoreKey
{
    /// <summary>The length of a key, in bytes.</summary>
    public const int Size = 32;

    private protected StoreKey()
    {
    }

    /// <summary>A random key in a file beside the store (<c>store.key</c>, mode 0600), made on first use. A file that others may read is refused.</summary>
    public static StoreKey FromFile() => new FileStoreKey();

    /// <summary>A key derived from a passphrase by Argon2id (RFC 9106: 64 MiB, 3 passes, one lane); parameters and salt are kept beside the store.</summary>
    /// <param name="passphrase">Not empty. A string cannot be zeroed: it stays in memory until it is collected.</param>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public static StoreKey FromPassphrase(string passphrase)
    {
        ArgumentException.ThrowIfNullOrEmpty(passphrase);
        return new PassphraseStoreKey(passphrase);
    }

    /// <summary>The caller's own key; nothing of it is kept beside the store.</summary>
    /// <param name="key">32 random bytes, for the caller to keep and to zero.</param>
    /// <exception cref="ArgumentException">It has another length.</exception>
    public static StoreKey FromBytes(ReadOnlyMemory<byte> key) =>
        key.Length == Size ? new GivenStoreKey(key) : throw new ArgumentException($"A store's key has {Size} bytes.", nameof(key));

    /// <summary>
    /// A key of Linux's own keyring: of type <c>user</c>, in the user's keyring, where somebody has put it, as by
    /// <c>keyctl padd user skytale:alice @u &lt; KEYFILE</c>. It is read, never made: the kernel forgets its keys when the machine restarts, and
    /// with the only copy of its key a store would be lost. Nothing of it is kept beside the store.
    /// </summary>
    /// <param name="description">The key's name in the keyring, such as <c>skytale:alice</c>.</param>
    /// <returns>What reads it when the store is opened: <see cref="SkytaleError.StoreKeyWrong"/> then, where it is not there, may not be read or has not 32 bytes, and where there is no keyring, as in many containers.</returns>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public static StoreKey FromKeyring(string description)
    {
        ArgumentException.ThrowIfNullOrEmpty(description);
        return new KeyringStoreKey(description);
    }

    /// <summary>As <see cref="FromBytes"/>.</summary>
    public static implicit operator StoreKey(ReadOnlyMemory<byte> key) => FromBytes(key);

    /// <summary>As <see cref="FromBytes"/>.</summary>
    public static implicit operator StoreKey(byte[] key) => FromBytes(key);

    /// <summary>The kind that a setting names.</summary>
    /// <param name="word"><c>file</c> or <c>keyring</c>; null: none does, and it is a file.</param>
    /// <param name="agent">Whose key it is.</param>
    /// <exception cref="SkytaleException">The word is none of them.</exception>
    internal static StoreKey Of(string? word, string agent) => word switch
    {
        null or "file" => FromFile(),
        "keyring" => FromKeyring(KeyringStoreKey.DescriptionFor(agent)),
        _ => throw new SkytaleException(SkytaleError.InvalidArgument, $"'{word}' is no place for a store's key.", "There are file and keyring."),
    };

    /// <summary>Tells where it comes from, never the key.</summary>
    public override string ToString() => GetType().Name;

    /// <summary>Makes the key of a store that is about to be made or to be encrypted anew; what finds it again is on the disk on return, as pending.</summary>
    internal abstract Secret Prepare(string storePath);

    /// <summary>The store has the prepared key: what finds it again takes the place of what found the one before.</summary>
    internal abstract void Settle(string storePath);

    /// <summary>The keys that may be the store's: the settled one, then one that was prepared when the process ended. For the caller to dispose.</summary>
    /// <exception cref="SkytaleException"><see cref="SkytaleError.StoreKeyWrong"/>: there is none.</exception>
    internal abstract IEnumerable<(Secret Key, bool IsPending)> Candidates(string storePath);

    /// <summary>Opens a store that is there.</summary>
    /// <exception cref="SkytaleException">It is not there, is in use, or no key of this kind opens it.</exception>
    internal SqlCipherAgentStore Open(string storePath)
    {
        if (!File.Exists(storePath))
            throw new SkytaleException(SkytaleError.StoreMissing, $"There is no agent at {storePath}.", "Create one first.");
        SkytaleException? wrong = null;
        foreach (var (key, isPending) in Candidates(storePath))
        {
            using (key)
            {
                try
                {
                    var store = SqlCipherAgentStore.Open(storePath, key.Span);
                    if (isPending)
                        Settle(storePath);
                    return store;
                }
                catch (SkytaleException e) when (e.Error == SkytaleError.StoreKeyWrong)
                {
                    wrong = e;
                }
            }
        }
        throw wrong ?? new SkytaleException(SkytaleError.StoreKeyWrong, $"The key of {storePath} is missing.", "Restore it from a backup, or make a new agent.");
    }
}
