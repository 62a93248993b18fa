using System.Security.Cryptography;
using Skytale.Mls.Crypto;

namespace Skytale.Sdk;

/// <summary>The record is the key itself: 32 random bytes.</summary>
internal sealed class FileStoreKey() : RecordedStoreKey(Extension)
{
    internal const string Extension = ".key";

    private protected override byte[] NewRecord() => RandomNumberGenerator.GetBytes(Size);

    private protected override Secret KeyOf(byte[] record, string path) => record.Length == Size
        ? Secret.Copy(record)
        : throw new SkytaleException(SkytaleError.StoreKeyWrong, $"{path} is damaged: the store cannot be opened without it.", "Restore it from a backup, or make a new agent.");
}
