using System.Diagnostics;

namespace Skytale.Benchmarks.Mls;

/// <summary>What one operation took in a group of a size.</summary>
/// <param name="Operation">Its name in table and JSON.</param>
/// <param name="Members">Members of the group.</param>
/// <param name="Microseconds">Median over the runs.</param>
/// <param name="Runs">How many runs the median is of.</param>
/// <param name="AllocatedBytes">Managed bytes that the calling thread allocated an operation; null where other threads work too.</param>
internal sealed record Figure(string Operation, int Members, double Microseconds, int Runs, long? AllocatedBytes)
{
    /// <summary>Measures an operation; the first run only warms up.</summary>
    /// <param name="run">What is measured; its result is disposed outside of the measured time.</param>
    public static Figure Of(string operation, int members, int runs, Func<IDisposable> run) =>
        Of(operation, members, runs, () => Stream.Null, _ => run());

    /// <summary>Measures an operation on inputs that are made and disposed outside of the measured time; the first run only warms up.</summary>
    /// <param name="prepare">Makes a run's input.</param>
    /// <param name="run">What is measured; its result is disposed outside of the measured time.</param>
    public static Figure Of<T>(string operation, int members, int runs, Func<T> prepare, Func<T, IDisposable> run) where T : IDisposable
    {
        var times = new List<double>(runs);
        for (var i = -1; i < runs; i++)
        {
            var input = prepare();
            var started = Stopwatch.GetTimestamp();
            var result = run(input);
            var elapsed = Stopwatch.GetElapsedTime(started);
            result.Dispose();
            input.Dispose();
            if (i >= 0)
                times.Add(elapsed.TotalMicroseconds);
        }
        return new Figure(operation, members, Math.Round(Median(times), 1), runs, null);
    }

    /// <summary>Measures a short operation in rounds: the median of the rounds' means, and what it allocates.</summary>
    /// <param name="next">The operation, with its number over all rounds.</param>
    public static Figure OfMany(string operation, int members, int rounds, int perRound, Action<int> next)
    {
        var times = new List<double>(rounds);
        long allocated = 0;
        for (var round = 0; round <= rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < perRound; i++)
                next(round * perRound + i);
            var elapsed = Stopwatch.GetElapsedTime(started);
            if (round > 0)
                times.Add(elapsed.TotalMicroseconds / perRound);
            allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / perRound;
        }
        return new Figure(operation, members, Math.Round(Median(times), 1), rounds * perRound, allocated);
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values.Count % 2 == 1 ? values[values.Count / 2] : (values[values.Count / 2 - 1] + values[values.Count / 2]) / 2;
    }
}
