using System.Globalization;
using System.Text;
using Skytale.Sdk;

namespace Skytale.SqlCipher;

/// <summary>
/// Holds a store for this process: an exclusive lock on a file beside it, and the pid in another for whoever comes
/// second. The system releases the lock when the process ends, however it ends.
/// </summary>
internal sealed class StoreLock : IDisposable
{
    private readonly FileStream _file;

    private StoreLock(FileStream file) => _file = file;

    /// <exception cref="SkytaleException"><see cref="SkytaleError.StoreInUse"/>, with the holder's pid.</exception>
    public static StoreLock Acquire(string storePath)
    {
        var (lockPath, pidPath) = (storePath + ".lock", storePath + ".pid");
        FileStream file;
        try
        {
            file = OwnersFile(lockPath, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException e) when (File.Exists(lockPath))
        {
            throw new SkytaleException(SkytaleError.StoreInUse, $"{storePath} is open in {Holder(pidPath)}.", "End that process, or use another agent.", inner: e);
        }
        using (var pid = OwnersFile(pidPath, FileMode.Create, FileShare.ReadWrite))
            pid.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
        return new StoreLock(file);
    }

    public void Dispose() => _file.Dispose();

    /// <summary>A file that nobody but its owner reads, as everything beside a store is.</summary>
    private static FileStream OwnersFile(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return new FileStream(path, options);
    }

    private static string Holder(string pidPath) =>
        File.Exists(pidPath) && int.TryParse(File.ReadAllText(pidPath), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
            ? $"the process with pid {pid}"
            : "another process";
}
