using System.Globalization;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>What this process holds.</summary>
/// <param name="Managed">Bytes of live objects.</param>
/// <param name="Resident">Bytes of memory, native included.</param>
/// <param name="Descriptors">Open files and sockets.</param>
internal sealed record ProcessState(long Managed, long Resident, int Descriptors)
{
    internal static ProcessState Measure()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        var resident = File.ReadLines("/proc/self/status").Single(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return new ProcessState(
            GC.GetTotalMemory(forceFullCollection: true),
            1024 * long.Parse(resident.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture),
            Directory.GetFiles("/proc/self/fd").Length);
    }

    /// <summary>Says both, and fails when more than a little is held than before.</summary>
    internal void ShouldBeAsFlatAs(ProcessState before)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"before {before}, after {this}");
        (Managed - before.Managed).ShouldBeLessThan(4 << 20);
        // The allocators of .NET and of the C library keep what was freed; one connection is about 60 kB.
        (Resident - before.Resident).ShouldBeLessThan(32 << 20);
        // A descriptor or two are the runtime's own.
        (Descriptors - before.Descriptors).ShouldBeLessThan(5);
    }
}
