using System.Diagnostics;
using System.Runtime.InteropServices;
using Skytale.Tests;

namespace Skytale.Relay.Tests.Kit;

/// <summary>A real file system of its own, ext4 in a file, that a test can fill and fail. Needs root on Linux.</summary>
internal sealed class SmallDisk : IDisposable
{
    private const long Size = 96L << 20;

    private readonly TemporaryFolder _folder = new();
    private int _repairs;

    private SmallDisk()
    {
        Directory.CreateDirectory(Path);
        using (var image = File.Create(Image))
            image.SetLength(Size);
        Run("mkfs.ext4", "-q", "-F", "-m", "0", Image);
        Mount();
    }

    /// <summary>Where it is mounted.</summary>
    public string Path => _folder.File("disk");

    private string Image => _folder.File($"image{_repairs}");

    private string Filler => System.IO.Path.Combine(Path, "filler");

    /// <summary>Skips the test, with the reason, where none can be made.</summary>
    public static SmallDisk Create()
    {
        if (!OperatingSystem.IsLinux() || NativeMethods.geteuid() != 0 || !File.Exists("/dev/loop-control") || !File.Exists("/sbin/mkfs.ext4"))
            Assert.Skip("Mounting a small file system needs root, loop devices and mkfs.ext4 (e2fsprogs) on Linux.");
        return new SmallDisk();
    }

    /// <summary>Takes all the room that is left.</summary>
    public void Fill()
    {
        var block = new byte[64 << 10];
        using var filler = new FileStream(Filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        for (var size = block.Length; size >= 1;)
        {
            try
            {
                filler.Write(block.AsSpan(0, size));
            }
            catch (IOException)
            {
                size /= 2; // Full for so much at once.
            }
        }
    }

    /// <summary>Gives the room back.</summary>
    public void Free() => File.Delete(Filler);

    /// <summary>From now on nothing can be written or synced, by whoever has files open either: as a kernel does that meets a broken disk.</summary>
    public void Fail() => Run("mount", "-o", "remount,abort", Path);

    /// <summary>Takes the failed file system away and mounts what is on the disk again; files that are open stay with the failed one.</summary>
    public void Repair()
    {
        Run("umount", "-l", Path);
        // A copy, for the kernel would mount the same disk as the file system that failed.
        var failed = Image;
        _repairs++;
        File.Copy(failed, Image);
        Mount();
    }

    public void Dispose()
    {
        Run("umount", "-l", Path);
        _folder.Dispose();
    }

    private void Mount() => Run("mount", "-o", "loop", Image, Path);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, $"{program} {string.Join(' ', arguments)}: {errors}");
    }

    private static class NativeMethods
    {
        [DllImport("libc")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern uint geteuid();
    }
}
