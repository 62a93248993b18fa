namespace Skytale.Sdk.State;

/// <summary>Files that only their owner may read: folders 0700, files 0600, replaced at once.</summary>
internal static class OwnerFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly | UnixFileMode.UserExecute);
    }

    /// <summary>Writes the file, or replaces it; a reader sees the old content or the new.</summary>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        CreateFolder(Path.GetDirectoryName(path)!);
        var beside = $"{path}.{Guid.NewGuid():n}.tmp";
        using (var file = Open(beside, FileMode.CreateNew, FileShare.None))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Holds a file as a lock until it is disposed, however the process ends.</summary>
    /// <returns>Null when another holds it.</returns>
    public static IDisposable? TryLock(string path)
    {
        CreateFolder(Path.GetDirectoryName(path)!);
        try
        {
            return Open(path, FileMode.OpenOrCreate, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>Reads a file that holds a secret.</summary>
    /// <param name="error">The kind of failure where others may read it too.</param>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="SkytaleException">Others than the owner may read it.</exception>
    public static byte[]? ReadSecret(string path, SkytaleError error)
    {
        if (!File.Exists(path))
            return null;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(OwnerOnly | UnixFileMode.UserExecute)) != UnixFileMode.None)
            throw new SkytaleException(error, $"{path} may be read by others, so it is no secret.", $"If you trust who could read it, run: chmod 600 {path}");
        return File.ReadAllBytes(path);
    }

    private static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = share };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        return new FileStream(path, options);
    }
}
