using System.Runtime.InteropServices;
using System.Text;

namespace Skytale.Tests;

/// <summary>Keys in the user's keyring of this machine's kernel, as <c>keyctl padd user</c> puts them there; taken away on disposal.</summary>
internal sealed partial class TestKeyring : IDisposable
{
    private const nint OfUser = -4;

    private readonly List<nint> _keys = [];

    /// <summary>Why there is no keyring here; null: there is.</summary>
    public static string? Missing { get; } = Try();

    private static (nint AddKey, nint KeyCtl) Calls => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? (217, 219) : (248, 250);

    /// <summary>Puts a key there, in the place of one of the same description.</summary>
    public void Put(string description, byte[] payload)
    {
        var key = AddKey(Calls.AddKey, "user", description, payload, payload.Length, OfUser);
        if (key < 0)
            throw new InvalidOperationException($"add_key: errno {Marshal.GetLastPInvokeError()}");
        _keys.Add(key);
    }

    /// <summary>Revokes the key that was put there last.</summary>
    public void RevokeLast() => Checked(KeyCtl(Calls.KeyCtl, 3, _keys[^1], 0));

    /// <summary>The calling thread's session has an empty keyring from now on, as a service of systemd's.</summary>
    public static void BeginSession() => Checked(KeyCtl(Calls.KeyCtl, 1, 0, 0));

    public void Dispose()
    {
        foreach (var key in _keys.Distinct())
            Checked(KeyCtl(Calls.KeyCtl, 9, key, OfUser));
    }

    private static string? Try()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.Arm64))
            return "there is no keyring of Linux here";
        var description = $"skytale:{Guid.NewGuid():n}";
        var key = AddKey(Calls.AddKey, "user", description, Encoding.UTF8.GetBytes("probe"), 5, OfUser);
        if (key < 0)
            return $"the kernel's keyring takes no key here: errno {Marshal.GetLastPInvokeError()}";
        Checked(KeyCtl(Calls.KeyCtl, 9, key, OfUser));
        return null;
    }

    private static void Checked(nint result)
    {
        if (result < 0)
            throw new InvalidOperationException($"keyctl: errno {Marshal.GetLastPInvokeError()}");
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint AddKey(nint call, string type, string description, byte[] payload, nint length, nint keyring);

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint KeyCtl(nint call, nint operation, nint first, nint second);
}
