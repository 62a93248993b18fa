using System.Diagnostics;

namespace Skytale.Benchmarks.Mls;

/// <summary>What one operation took in a group of a size.</summary>
/// <param name="Operation">Its name in table and JSON.</param>
/// <param name="Members">Members of the group.</param>
/// <param name="Microseconds">Median over the runs; null when the row was left out.</param>
/// <param name="ProcessorMicroseconds">The same of the time that all threads were running: what other programs do meanwhile is not in it.</param>
/// <param name="Runs">How many runs the median is of.</param>
/// <param name="AllocatedBytes">Managed bytes that all threads allocated for one operation.</param>
/// <param name="WorkingSetBytes">The largest working set of the process so far, where it did nothing but this operation.</param>
/// <param name="LeftOut">Why the row has no figure.</param>
internal sealed record Figure(
    string Operation, int Members, double? Microseconds, double? ProcessorMicroseconds, int Runs, long? AllocatedBytes, long? WorkingSetBytes = null, string? LeftOut = null)
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
        var processor = new List<double>(runs);
        long allocated = 0;
        for (var i = -1; i < runs; i++)
        {
            var input = prepare();
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var busy = Environment.CpuUsage.TotalTime;
            var started = Stopwatch.GetTimestamp();
            var result = run(input);
            var elapsed = Stopwatch.GetElapsedTime(started);
            busy = Environment.CpuUsage.TotalTime - busy;
            allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
            result.Dispose();
            input.Dispose();
            if (i < 0)
                continue;
            times.Add(elapsed.TotalMicroseconds);
            processor.Add(busy.TotalMicroseconds);
        }
        return new Figure(operation, members, Median(times), Median(processor), runs, allocated);
    }

    /// <summary>Measures a short operation in rounds: the median of the rounds' means.</summary>
    /// <param name="next">The operation, with its number over all rounds.</param>
    public static Figure OfMany(string operation, int members, int rounds, int perRound, Action<int> next)
    {
        var times = new List<double>(rounds);
        var processor = new List<double>(rounds);
        long allocated = 0;
        for (var round = 0; round <= rounds; round++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            var busy = Environment.CpuUsage.TotalTime;
            var started = Stopwatch.GetTimestamp();
            for (var i = 0; i < perRound; i++)
                next(round * perRound + i);
            var elapsed = Stopwatch.GetElapsedTime(started);
            busy = Environment.CpuUsage.TotalTime - busy;
            allocated = (GC.GetTotalAllocatedBytes(precise: true) - before) / perRound;
            if (round == 0)
                continue;
            times.Add(elapsed.TotalMicroseconds / perRound);
            processor.Add(busy.TotalMicroseconds / perRound);
        }
        return new Figure(operation, members, Median(times), Median(processor), rounds * perRound, allocated);
    }

    /// <summary>The middle value, or the mean of the two in the middle.</summary>
    public static double Median(List<double> values)
    {
        values.Sort();
        var median = values.Count % 2 == 1 ? values[values.Count / 2] : (values[values.Count / 2 - 1] + values[values.Count / 2]) / 2;
        return Math.Round(median, 1);
    }
}
