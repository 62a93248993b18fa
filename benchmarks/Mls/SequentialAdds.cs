using System.Diagnostics;
using Skytale.Mls.Groups;
using Skytale.Mls.Proposals;

namespace Skytale.Benchmarks.Mls;

/// <summary>One member adds all others, each by a commit of its own without a path, with its Welcome, and goes on to the next epoch.</summary>
internal static class SequentialAdds
{
    private const string Operation = "n - 1 sequential path-less adds";

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    public static Figure Measure(int members, IReadOnlyList<Client> clients)
    {
        // An add costs in proportion to the group: a tenth of the adds is a hundredth of the work.
        if (members >= 1000)
        {
            var tenth = Run(clients, members / 10);
            var expected = tenth.Elapsed * 100;
            if (expected > Limit)
                return new Figure(Operation, members, null, null, 0, null, LeftOut: $"would take about {expected.TotalMinutes:F0} minutes");
        }
        var runs = Enumerable.Range(0, members switch { < 500 => 5, < 5000 => 3, _ => 1 }).Select(_ => Run(clients, members)).ToList();
        return new Figure(
            Operation,
            members,
            Figure.Median([.. runs.Select(run => run.Elapsed.TotalMicroseconds)]),
            Figure.Median([.. runs.Select(run => run.Processor.TotalMicroseconds)]),
            runs.Count,
            runs[^1].Allocated);
    }

    private static (TimeSpan Elapsed, TimeSpan Processor, long Allocated) Run(IReadOnlyList<Client> clients, int members)
    {
        var requests = clients.Take(members).Skip(1)
            .Select(client => new CommitRequest { Proposals = [new AddProposal(client.Bundle.KeyPackage)], Lifetimes = Client.Lifetimes, ForcePath = false }).ToList();
        var group = Operations.Alone(clients[0]);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var busy = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < requests.Count; i++)
        {
            using var pending = group.Commit(requests[i], Client.Fill);
            using var old = group;
            group = old.Merge(pending);
            if (i % 1000 == 999)
                Console.Error.WriteLine($"  {i + 1} of {requests.Count} adds, {Stopwatch.GetElapsedTime(started).TotalSeconds:F1} s");
        }
        var elapsed = Stopwatch.GetElapsedTime(started);
        busy = Environment.CpuUsage.TotalTime - busy;
        group.Dispose();
        return (elapsed, busy, GC.GetTotalAllocatedBytes(precise: true) - before);
    }
}
