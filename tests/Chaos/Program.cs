using System.Globalization;
using Skytale.Chaos;
using Skytale.Chaos.Agents;
using Skytale.Chaos.Running;

if (args is [AgentProcess.AgentArgument, var folder, var firstNumber, var seed])
    return await AgentProgram.RunAsync(folder, ulong.Parse(firstNumber, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture));
if (ChaosOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(ChaosOptions.Usage);
    return 2;
}
return (await ChaosRun.RunAsync(options, Console.Out)).IsGood ? 0 : 1;
