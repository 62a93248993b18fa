using Skytale.Sdk;

await using var alice = await SkytaleAgent.ConnectAsync("alice");
await using var bob = await SkytaleAgent.ConnectAsync("bob");

var channel = alice.FindChannel("demo/hello") ?? await alice.CreateChannelAsync("demo/hello");
if (!channel.Members.Contains(bob.Id))
    await channel.AddMemberAsync(bob.Id);
await channel.SendAsync("Hello, Bob");

await foreach (var message in (await bob.JoinAsync("demo/hello")).Messages)
{
    using (message)
        Console.WriteLine($"{message.Sender}: {message.Text}");
    break;
}
