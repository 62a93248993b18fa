using System.Globalization;
using System.Runtime.InteropServices;

namespace Skytale.Benchmarks.Soak;

/// <summary>What the process holds at one moment; sizes in bytes. Kept: what the C library had free.</summary>
internal sealed partial record Sample(TimeSpan At, long Resident, long Heap, long Kept, int Handles, long Connections, long Streams, long SendQueue, long Operations)
{
    internal const string Header = "   time   resident MB   heap MB   kept MB   handles   connections   streams   send queue kB   operations";

    /// <summary>
    /// What is held, and not what was: garbage is collected first, and the C library gives back the pages that it keeps for
    /// later, of which it keeps more the longer connections come and go.
    /// </summary>
    internal static Sample Take(TimeSpan at, TransportMeter meter, long operations)
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        var before = Environment.WorkingSet;
        _ = malloc_trim(0); // Says whether it gave anything back: nothing to do about it.
        var resident = Environment.WorkingSet;
        var (connections, streams, sendQueue) = meter.Read();
        var handles = Directory.GetFileSystemEntries("/proc/self/fd").Length;
        return new Sample(at, resident, heap, before - resident, handles, connections, streams, sendQueue, operations);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{At:mm\\:ss\\.f}{Resident / 1e6,14:0.0}{Heap / 1e6,10:0.0}{Kept / 1e6,10:0.0}{Handles,10}{Connections,14}{Streams,10}{SendQueue / 1e3,16:0}{Operations,13}");

    [LibraryImport("libc")]
    private static partial int malloc_trim(nuint pad);
}
