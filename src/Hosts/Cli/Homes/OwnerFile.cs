namespace Skytale.Cli.Homes;

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
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var file = new FileStream(beside, options))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>Reads a file that holds a secret.</summary>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="CliException">Others than the owner may read it.</exception>
    public static byte[]? ReadSecret(string path, int exitCode)
    {
        if (!File.Exists(path))
            return null;
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(OwnerOnly | UnixFileMode.UserExecute)) != UnixFileMode.None)
            throw new CliException(exitCode, $"{path} may be read by others, so it is no secret.", $"If you trust who could read it, run: chmod 600 {path}");
        return File.ReadAllBytes(path);
    }

    /// <summary>The first line of a file that holds one secret.</summary>
    /// <exception cref="CliException">There is none, or others than the owner may read it.</exception>
    public static string ReadLine(string path)
    {
        var content = ReadSecret(path, ExitCode.Failed) ?? throw new CliException(ExitCode.Failed, $"There is no file {path}.", "Give one of mode 0600 that holds the secret and nothing else.");
        return System.Text.Encoding.UTF8.GetString(content).Split('\n')[0].TrimEnd('\r');
    }
}
