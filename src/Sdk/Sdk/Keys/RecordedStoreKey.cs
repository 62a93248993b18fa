using System.Security.Cryptography;
using Skytale.Mls.Crypto;
using Skytale.Sdk.State;

namespace Skytale.Sdk;

/// <summary>A key that is found again by a file beside the store: <c>store.db</c> has <c>store.key</c> or <c>store.passphrase</c>.</summary>
/// <param name="extension">The file's, with its dot.</param>
internal abstract class RecordedStoreKey(string extension) : StoreKey
{
    private const string Pending = ".next";
    private static readonly string[] s_extensions = [FileStoreKey.Extension, PassphraseStoreKey.Extension];

    internal sealed override Secret Prepare(string storePath)
    {
        var record = NewRecord();
        try
        {
            OwnerFile.Write(PathOf(storePath) + Pending, record);
            return KeyOf(record, storePath);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(record);
        }
    }

    internal sealed override void Settle(string storePath)
    {
        File.Move(PathOf(storePath) + Pending, PathOf(storePath), overwrite: true);
        ForgetAllBut(extension, storePath);
    }

    internal sealed override IEnumerable<(Secret Key, bool IsPending)> Candidates(string storePath)
    {
        var path = PathOf(storePath);
        var found = false;
        foreach (var (file, isPending) in new[] { (path, false), (path + Pending, true) })
        {
            if (OwnerFile.ReadSecret(file, SkytaleError.StoreKeyWrong) is not { } record)
                continue;
            found = true;
            yield return (KeyOf(record, file), isPending);
            CryptographicOperations.ZeroMemory(record);
        }
        if (!found)
            throw new SkytaleException(SkytaleError.StoreKeyWrong, $"{path} is missing: the store cannot be opened without it.", "Restore it from a backup, give the key in another way, or make a new agent.");
    }

    /// <summary>Removes what found keys that are no longer the store's.</summary>
    /// <param name="kept">The extension of the record that finds the one that is; null: none does.</param>
    internal static void ForgetAllBut(string? kept, string storePath)
    {
        foreach (var other in s_extensions.Where(each => each != kept))
        {
            File.Delete(Path.ChangeExtension(storePath, other));
            File.Delete(Path.ChangeExtension(storePath, other) + Pending);
        }
    }

    /// <summary>What finds a new key again.</summary>
    private protected abstract byte[] NewRecord();

    /// <summary>The key that a record finds. For the caller to dispose.</summary>
    /// <exception cref="SkytaleException">The record is damaged.</exception>
    private protected abstract Secret KeyOf(byte[] record, string path);

    private string PathOf(string storePath) => Path.ChangeExtension(storePath, extension);
}
