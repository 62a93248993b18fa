using System.Buffers;
using System.Runtime.InteropServices;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tests.Forgetting;

/// <summary>
/// The process's memory for secrets, looked through: the pinned slabs that short secrets are cut from, in use or free,
/// and the arrays that lie ready in the shared pool, as this thread gets them. Values to look for are given as plain
/// bytes, which lie in neither.
/// </summary>
internal static class SecretHeap
{
    /// <summary>The names of the values that are still somewhere in secret memory.</summary>
    public static IReadOnlyList<string> Held(IEnumerable<(string Name, byte[] Value)> values)
    {
        var slabs = Slabs();
        return [.. values.Where(value => slabs.Any(slab => slab.AsSpan().IndexOf(value.Value) >= 0)).Select(value => value.Name)];
    }

    public static bool Holds(byte[] value) => Held([("it", value)]).Count > 0;

    /// <summary>True when an array that the shared pool gives out next has the value in it.</summary>
    public static bool PoolHolds(byte[] value)
    {
        var rented = new List<byte[]>();
        for (var size = 16; size <= 1 << 17; size *= 2)
        {
            for (var n = 0; n < 12; n++)
                rented.Add(ArrayPool<byte>.Shared.Rent(size));
        }
        var found = rented.Any(array => array.AsSpan().IndexOf(value) >= 0);
        foreach (var array in rented)
            ArrayPool<byte>.Shared.Return(array);
        return found;
    }

    // A length of each size of slot, and how many are rented of it.
    private static (int Length, int Count)[] Sizes => [(1, 8192), (65, 1024), (513, 256)];

    // Renting many reaches every slab that has a free slot: all but those that live secrets fill to the last one.
    private static HashSet<byte[]> Slabs()
    {
        var slabs = new HashSet<byte[]>(ReferenceEqualityComparer.Instance);
        var secrets = Sizes.SelectMany(size => Enumerable.Range(0, size.Count).Select(_ => Secret.Zero(size.Length))).ToArray();
        foreach (var secret in secrets)
        {
            MemoryMarshal.TryGetArray(secret.Memory, out var segment).ShouldBeTrue();
            slabs.Add(segment.Array!);
        }
        foreach (var secret in secrets)
            secret.Dispose();
        return slabs;
    }
}

/// <summary>Tests that look through the process's secret memory run alone: others' live secrets would fill it.</summary>
[CollectionDefinition(nameof(SecretHeap), DisableParallelization = true)]
public sealed class SecretHeapAlone;
