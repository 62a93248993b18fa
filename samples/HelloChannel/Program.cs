using Skytale.Sdk;

await using var alice = await SkytaleAgent.ConnectAsync("alice");
await using var bob = await SkytaleAgent.ConnectAsync("bob");

var channel = alice.FindChannel("demo/hello") ?? await alice.CreateChannelAsync("demo/hello");
var joined = bob.FindChannel("demo/hello") ?? await bob.JoinAsync(await channel.InviteAsync());
await channel.SendAsync("Hello, Bob");

await foreach (var message in joined.Messages)
{
    Console.WriteLine($"{message.Sender}: {message.Text}");
    await message.AcknowledgeAsync();
    break;
}
