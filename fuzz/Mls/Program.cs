using System.Diagnostics;
using Skytale.Fuzz.Mls.Running;
using Skytale.Fuzz.Mls.Targets;

return args switch
{
    ["list"] => List(),
    ["run", var target, var seconds] => Run(target, seconds),
    _ => 2,
};

static int List()
{
    foreach (var target in AllTargets.Make())
        Console.WriteLine($"{target.Name,-24} {target.Seeds.Count} seeds");
    return 0;
}

static int Run(string name, string seconds)
{
    using var target = AllTargets.Make(name)!;
    var run = new FuzzRun(target);
    var clock = Stopwatch.StartNew();
    for (var seed = 1; clock.Elapsed.TotalSeconds < double.Parse(seconds); seed++)
        run.Mutate(seed, 1000);
    Console.WriteLine(run);
    return 0;
}
