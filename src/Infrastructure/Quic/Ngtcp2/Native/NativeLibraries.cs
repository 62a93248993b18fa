using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Skytale.Protocol.Transport;

[assembly: DisableRuntimeMarshalling]

namespace Skytale.Quic.Ngtcp2.Native;

/// <summary>Finds the native libraries and makes sure that they are the ones this build was written for.</summary>
internal static unsafe class NativeLibraries
{
    private const string HowToInstall =
        "QUIC needs ngtcp2 1.11 or later with GnuTLS: apt-get install libngtcp2-16 libngtcp2-crypto-gnutls8 " +
        "(on Debian 12 from bookworm-backports), or run scripts/install-native.";

    private const int LeastVersion = 0x010b00;

    // A failed look is repeated, so that a process that outlives the installation finds the libraries.
    private static volatile bool s_available;

    /// <exception cref="TransportException"><see cref="TransportError.NotInstalled"/>: a library is missing or another one.</exception>
    internal static void EnsureAvailable()
    {
        if (s_available)
            return;
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess || !BitConverter.IsLittleEndian)
            throw new TransportException(TransportError.NotInstalled, "The ngtcp2 transport runs on 64-bit little-endian Linux only.");

        foreach (var library in (ReadOnlySpan<string>)[GnuTlsNative.Library, Ngtcp2Native.Library, Ngtcp2CryptoNative.Library])
        {
            if (!NativeLibrary.TryLoad(library, out _))
                throw new TransportException(TransportError.NotInstalled, $"{library} was not found. {HowToInstall}");
        }

        if (Ngtcp2Native.ngtcp2_version(LeastVersion) == null)
            throw new TransportException(TransportError.NotInstalled, $"{Ngtcp2Native.Library} is older than 1.11. {HowToInstall}");
        foreach (var (name, expected, actual) in NativeLayout.Differences())
            throw new TransportException(TransportError.NotInstalled, $"{name} is {expected} in ngtcp2 and {actual} here: this build cannot talk to it.");
        if (Stopwatch.Frequency != 1_000_000_000)
            throw new TransportException(TransportError.NotInstalled, "The monotonic clock does not count nanoseconds.");
        s_available = true;
    }
}
