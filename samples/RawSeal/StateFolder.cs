using System.Security.Cryptography;

namespace RawSeal;

/// <summary>States in files, each encrypted by AES-256-GCM; a file is replaced at once or not at all. The key, which a program would keep elsewhere, goes with the object.</summary>
internal sealed class StateFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("raw-seal-");
    private readonly AesGcm _aes = new(RandomNumberGenerator.GetBytes(32), AesGcm.TagByteSizes.MaxSize);

    public void Save(string name, ReadOnlyMemory<byte> state)
    {
        var file = new byte[AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize + state.Length];
        var (nonce, tag, ciphertext) = Split(file);
        RandomNumberGenerator.Fill(nonce.Span);
        _aes.Encrypt(nonce.Span, state.Span, ciphertext.Span, tag.Span, System.Text.Encoding.UTF8.GetBytes(name));
        using (var beside = new FileStream($"{PathOf(name)}.next", FileMode.Create))
        {
            beside.Write(file);
            beside.Flush(flushToDisk: true);
        }
        File.Move($"{PathOf(name)}.next", PathOf(name), overwrite: true);
    }

    public byte[] Load(string name)
    {
        var (nonce, tag, ciphertext) = Split(File.ReadAllBytes(PathOf(name)));
        var state = new byte[ciphertext.Length];
        _aes.Decrypt(nonce.Span, ciphertext.Span, tag.Span, state, System.Text.Encoding.UTF8.GetBytes(name));
        return state;
    }

    public void Delete(string name) => File.Delete(PathOf(name));

    public void Dispose()
    {
        _aes.Dispose();
        _folder.Delete(recursive: true);
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Ciphertext) Split(byte[] file)
    {
        var (nonce, tag) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        return (file.AsMemory(0, nonce), file.AsMemory(nonce, tag), file.AsMemory(nonce + tag));
    }
}
