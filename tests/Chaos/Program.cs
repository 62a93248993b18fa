using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Skytale.Chaos;
using Skytale.Chaos.Agents;
using Skytale.Chaos.Running;

// File modes, and processes that are killed.
[assembly: SupportedOSPlatform("linux")]

if (args is [AgentProcess.AgentArgument, var folder, var firstNumber, var seed])
    return await AgentProgram.RunAsync(folder, ulong.Parse(firstNumber, CultureInfo.InvariantCulture), int.Parse(seed, CultureInfo.InvariantCulture));
if (ChaosOptions.Parse(args) is not { } options)
{
    Console.Error.WriteLine(ChaosOptions.Usage);
    return 2;
}
using var stopping = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return (await ChaosRun.RunAsync(options, Console.Out, stopping.Token)).IsGood ? 0 : 1;

// What was started is ended too.
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}
