using System.Diagnostics;
using System.Globalization;
using SharpFuzz;
using Skytale.Fuzz.Mls.Running;
using Skytale.Fuzz.Mls.Targets;

namespace Skytale.Fuzz.Mls;

/// <summary>What the program does. The result is its exit code: 0, or 1 where a fault was found, or 2 where it was not understood.</summary>
internal static class Commands
{
    private const int Ok = 0, FaultFound = 1, NotUnderstood = 2;

    private const int RoundsPerSeed = 500;

    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(10);

    public static int Usage()
    {
        Console.Error.WriteLine("usage: list | run TARGET SECONDS [SEED] | hex TARGET INPUT | corpus TARGET FOLDER | instrument ASSEMBLY | afl TARGET");
        return NotUnderstood;
    }

    /// <summary>The targets' names.</summary>
    public static int List()
    {
        foreach (var name in AllTargets.Names)
            Console.WriteLine(name);
        return Ok;
    }

    /// <summary>Mutates with one seed after the other until the time is over or a fault is found.</summary>
    public static int Run(string name, string seconds, string firstSeed) => With(name, target =>
    {
        var run = new FuzzRun(name, target);
        var end = TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture));
        var clock = Stopwatch.StartNew();
        var nextProgress = ProgressEvery;
        for (var seed = int.Parse(firstSeed, CultureInfo.InvariantCulture); clock.Elapsed < end; seed++)
        {
            run.Mutate(seed, RoundsPerSeed);
            if (clock.Elapsed < nextProgress)
                continue;
            Console.WriteLine($"{clock.Elapsed.TotalSeconds:F0} s, seed {seed}, {run}");
            nextProgress = clock.Elapsed + ProgressEvery;
        }
        Console.WriteLine(run);
    });

    /// <summary>Gives one input that was printed before.</summary>
    public static int Hex(string name, string input) => With(name, target =>
    {
        var refusal = new FuzzRun(name, target).Give(Convert.FromHexString(input), "the given input");
        Console.WriteLine(refusal is null ? "taken" : $"refused: {refusal.Message}");
    });

    /// <summary>Writes the valid inputs, a file each, for a fuzzer that wants files.</summary>
    public static int WriteCorpus(string name, string folder) => With(name, target =>
    {
        Directory.CreateDirectory(folder);
        for (var i = 0; i < target.Seeds.Count; i++)
            File.WriteAllBytes(Path.Combine(folder, $"{i}.bin"), target.Seeds[i]);
    });

    /// <summary>Makes a copy of the library tell afl-fuzz which branches it takes.</summary>
    public static int Instrument(string assembly)
    {
        Fuzzer.Instrument(assembly, _ => true, Options.Value);
        return Ok;
    }

    /// <summary>Takes its inputs from afl-fuzz, which started this program.</summary>
    public static int UnderAfl(string name)
    {
        // Made with the first input: the instrumented library runs only once the memory for its branches is there.
        FuzzRun? run = null;
        Fuzzer.Run(stream =>
        {
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            run ??= new FuzzRun(name, AllTargets.Make(name) ?? throw new ArgumentException($"no target {name}", nameof(name)));
            run.Give(copy.ToArray(), "afl-fuzz");
        });
        return Ok;
    }

    private static int With(string name, Action<FuzzTarget> use)
    {
        using var target = AllTargets.Make(name);
        if (target is null)
        {
            Console.Error.WriteLine($"no target {name}: see list");
            return NotUnderstood;
        }
        try
        {
            use(target);
            return Ok;
        }
        catch (FuzzFault fault)
        {
            Console.Error.WriteLine(fault);
            return FaultFound;
        }
    }
}
