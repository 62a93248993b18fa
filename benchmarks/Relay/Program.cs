using Skytale.Benchmarks.Relay;

if (args is [RelayProcess.InMemoryCommand, .. var settings])
    return await RelayProcess.ServeInMemoryAsync(settings);
if (args is [ReceiverProgram.Command, var orders])
    return await ReceiverProgram.RunAsync(orders);

foreach (var log in new[] { LogKind.Memory, LogKind.Embedded })
{
    await using var party = await Party.MeetAsync(log, 64);
    await party.DeliverAsync(5000);
    for (var run = 0; run < 3; run++)
        Console.WriteLine($"{log} {await party.DeliverAsync(10000):N0}");
    Console.WriteLine(await party.PaceAsync(3000, 1000));
}
return 0;
