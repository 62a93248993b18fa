using System.Globalization;
using System.Text;
using Skytale.Sdk;

namespace Skytale.SqlCipher;

/// <summary>
/// Holds a store for this process: an exclusive lock on a file beside it, which holds the pid for whoever comes second.
/// The system releases the lock when the process ends, however it ends.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <exception cref="SkytaleException"><see cref="SkytaleError.StoreInUse"/>, with the holder's pid.</exception>
    public static StoreLock Acquire(string storePath)
    {
        var path = storePath + ".lock";
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new SkytaleException(SkytaleError.StoreInUse, $"{storePath} is open in {Holder(path)}.", "End that process, or use another agent.", inner: e);
        }
        var pid = Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        file.SetLength(0);
        file.Write(pid);
        file.Flush();
        return new StoreLock(file);
    }

    public void Dispose() => _file.Dispose();

    private static string Holder(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file);
        return int.TryParse(reader.ReadToEnd(), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? $"the process with pid {pid}" : "another process";
    }
}
