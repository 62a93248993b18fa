using System.Globalization;

namespace Skytale.Tests.EndToEnd;

/// <summary>What a process of this user holds in memory that it may write: heaps, stacks, data, and whatever libraries map.</summary>
internal static class ProcessMemory
{
    private const int Chunk = 4 << 20;

    /// <summary>Searches all writable mappings for each of the patterns.</summary>
    /// <returns>How many bytes were read, and how often each pattern was found.</returns>
    public static (long Read, int[] Found) Search(int pid, IReadOnlyList<byte[]> patterns)
    {
        var found = new int[patterns.Count];
        var overlap = patterns.Max(pattern => pattern.Length) - 1;
        var buffer = new byte[Chunk + overlap];
        var total = 0L;
        using var memory = File.OpenHandle($"/proc/{pid}/mem");
        foreach (var (start, end) in WritableMappings(pid))
        {
            // A match that ends in this chunk may have begun in the one before.
            var kept = 0;
            for (var at = start; at < end;)
            {
                var wanted = (int)Math.Min(Chunk, end - at);
                var read = ReadAt(memory, at, buffer.AsSpan(kept, wanted));
                if (read == 0)
                    break;
                var seen = buffer.AsSpan(0, kept + read);
                for (var i = 0; i < patterns.Count; i++)
                    found[i] += Count(seen, patterns[i]);
                kept = Math.Min(overlap, seen.Length);
                seen[^kept..].CopyTo(buffer);
                at += read;
                total += read;
            }
        }
        return (total, found);
    }

    private static IEnumerable<(long Start, long End)> WritableMappings(int pid)
    {
        foreach (var line in File.ReadAllLines($"/proc/{pid}/maps"))
        {
            var parts = line.Split(' ', 3);
            if (parts[1][1] != 'w')
                continue;
            var range = parts[0].Split('-');
            yield return (long.Parse(range[0], NumberStyles.HexNumber), long.Parse(range[1], NumberStyles.HexNumber));
        }
    }

    /// <summary>Zero where the system gives no access: the mapping has gone since, or is a device's.</summary>
    private static int ReadAt(Microsoft.Win32.SafeHandles.SafeFileHandle memory, long at, Span<byte> destination)
    {
        try
        {
            return RandomAccess.Read(memory, destination, at);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    /// <summary>Occurrences; one that lies in the kept part is counted again, which matters to nobody who asks for none or some.</summary>
    private static int Count(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> pattern)
    {
        var count = 0;
        for (var at = bytes.IndexOf(pattern); at >= 0;)
        {
            count++;
            bytes = bytes[(at + 1)..];
            at = bytes.IndexOf(pattern);
        }
        return count;
    }
}
