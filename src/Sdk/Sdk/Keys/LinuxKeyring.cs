using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Skytale.Mls.Crypto;

namespace Skytale.Sdk;

/// <summary>
/// Reads keys of the type <c>user</c> that somebody has put into the user's keyring of the kernel (keyrings(7), user-keyring(7)); puts
/// none there. By libc's <c>syscall</c>, because the wrappers are in a library that is not everywhere.
/// </summary>
internal static partial class LinuxKeyring
{
    private const string Library = "libc";

    private const nint OfThread = -1; // KEY_SPEC_THREAD_KEYRING
    private const nint OfUser = -4; // KEY_SPEC_USER_KEYRING

    // keyctl(2)'s operations.
    private const nint Link = 8;
    private const nint Unlink = 9;
    private const nint Search = 10;
    private const nint Read = 11;

    // errno(3), as x86-64 and arm64 have it.
    private const int NotPermitted = 1; // EPERM
    private const int AccessDenied = 13; // EACCES
    private const int NoSuchCall = 38; // ENOSYS
    private const int NoKey = 126; // ENOKEY
    private const int KeyExpired = 127; // EKEYEXPIRED
    private const int KeyRevoked = 128; // EKEYREVOKED

    /// <summary>The number of keyctl(2) here; null where there is none that is known.</summary>
    private static nint? Call => !OperatingSystem.IsLinux() ? null : RuntimeInformation.ProcessArchitecture switch
    {
        Architecture.X64 => 250,
        Architecture.Arm64 => 219,
        _ => null,
    };

    /// <summary>The payload of a key. For the caller to dispose.</summary>
    /// <param name="description">The key's name, such as <c>skytale:alice</c>.</param>
    /// <param name="size">The bytes that it must have.</param>
    /// <exception cref="SkytaleException"><see cref="SkytaleError.StoreKeyWrong"/>: it is not there, may not be read or has another size, or there is no keyring.</exception>
    public static Secret ReadKey(string description, int size)
    {
        if (Call is not { } call)
            throw Failure(NoSuchCall, description, size);
        var key = Find(call, Search, OfUser, "user", description, 0);
        if (key < 0)
            throw Failure(Marshal.GetLastPInvokeError(), description, size);
        var payload = Secret.Zero(size + 1); // One more, so that a longer key is none that was cut off.
        try
        {
            var read = ReadInto(call, key, payload.Writable);
            if (read == size)
                return Secret.Copy(payload.Span[..size]);
            throw read < 0 ? Failure(Marshal.GetLastPInvokeError(), description, size) : new SkytaleException(
                SkytaleError.StoreKeyWrong, $"The key '{description}' of the kernel's keyring has {read} bytes; a store's has {size}.", $"Put the right one there: {PutThere(description)}");
        }
        finally
        {
            payload.Dispose();
        }
    }

    /// <summary>What a failed call means for whoever wants the key.</summary>
    internal static SkytaleException Failure(int error, string description, int size) => error switch
    {
        NoKey => Wrong($"There is no key '{description}' in the user's keyring of the kernel, which forgets its keys when the machine restarts.", $"Put it there, {size} bytes that are kept in another place too: {PutThere(description)}"),
        KeyExpired => Wrong($"The key '{description}' of the kernel's keyring has expired.", $"Put it there again: {PutThere(description)}"),
        KeyRevoked => Wrong($"The key '{description}' of the kernel's keyring was revoked.", $"Put it there again: {PutThere(description)}"),
        AccessDenied => Wrong($"The key '{description}' of the kernel's keyring may not be read by this process.", $"Put it there as this user: {PutThere(description)}"),
        NotPermitted or NoSuchCall => Wrong("The kernel's keyring is not to be had here: this system has none, or the container does not let processes use it.", "Allow the system call keyctl, or give the store's key in another way."),
        _ => Wrong($"The kernel's keyring gives no key '{description}': {Marshal.GetPInvokeErrorMessage(error)} (errno {error}).", "Give the store's key in another way."),
    };

    private static SkytaleException Wrong(string message, string hint) => new(SkytaleError.StoreKeyWrong, message, hint);

    private static string PutThere(string description) => $"keyctl padd user '{description}' @u < KEYFILE";

    /// <summary>
    /// A key's owner may read it only where it possesses it, which a process does whose session has the user's keyring in it; services of
    /// systemd's have sessions without. There the user's keyring is in this thread's own for as long as the key is read.
    /// </summary>
    private static nint ReadInto(nint call, nint key, Span<byte> payload)
    {
        var read = ReadPayload(call, Read, key, payload, payload.Length);
        if (read >= 0 || Marshal.GetLastPInvokeError() != AccessDenied || Change(call, Link, OfUser, OfThread) < 0)
            return read;
        read = ReadPayload(call, Read, key, payload, payload.Length);
        var error = Marshal.GetLastPInvokeError();
        if (Change(call, Unlink, OfUser, OfThread) < 0)
            throw new CryptographicException($"The user's keyring stays in this thread's: errno {Marshal.GetLastPInvokeError()}.");
        Marshal.SetLastPInvokeError(error);
        return read;
    }

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint Find(nint call, nint operation, nint keyring, string type, string description, nint into);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static partial nint ReadPayload(nint call, nint operation, nint key, Span<byte> payload, nint length);

    [LibraryImport(Library, EntryPoint = "syscall", SetLastError = true)]
    private static partial nint Change(nint call, nint operation, nint key, nint keyring);
}
