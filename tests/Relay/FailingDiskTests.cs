using Microsoft.Extensions.Time.Testing;
using Skytale.ChannelLogs.Embedded;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Relay.Tests.Kit;

namespace Skytale.Relay.Tests;

/// <summary>
/// The embedded log on a real disk that is full, or that the kernel has made read-only under it, so that writes and fsync fail:
/// nothing is accepted, nothing that was is lost, what is there can be read, and it goes on without a restart.
/// </summary>
public sealed class FailingDiskTests
{
    private const int Timeout = 120_000;

    [Theory(Timeout = Timeout)]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Category", "Slow")]
    public async Task What_was_accepted_is_there_and_the_relay_goes_on_by_itself(bool isFull)
    {
        using var disk = SmallDisk.Create();
        var time = new FakeTimeProvider();
        await using var relay = await TestRelay.StartAsync(openLog: () => new EmbeddedChannelLog(Path.Combine(disk.Path, "channels"), time));
        var members = await relay.ChannelOfAsync(2);
        var accepted = new List<string>();
        for (var i = 0; i < 20; i++)
            await SendAsync($"before {i}");

        if (isFull)
            disk.Fill();
        else
            disk.Fail();
        // RocksDB has reserved room in the file that it writes to: some more are accepted on the full disk, and are on it.
        var refused = await SendUntilRefusedAsync();
        time.Advance(TimeSpan.FromSeconds(1)); // It looks at the disk again, and in vain.
        await members[0].Connection.RefusedAsync(ErrorCode.Unavailable, refused);
        (await members[1].CatchUpAsync()).ShouldBe(accepted, "what is there is delivered");

        if (isFull)
            disk.Free();
        else
            disk.Repair();
        time.Advance(TimeSpan.FromSeconds(1));
        await members[0].Connection.AskAsync<Accepted>(refused);
        await SendAsync("behind");
        (await members[1].CatchUpAsync()).Select(text => text[..6]).ShouldBe(["refuse", "behind"]);

        var last = (await relay.ChannelOfAsync(members[0])).Last;
        await relay.RestartAsync();
        (await relay.ChannelOfAsync(members[0])).Last.ShouldBe(last);

        async Task SendAsync(string text)
        {
            await members[0].SendAsync(text);
            accepted.Add(text);
        }

        async Task<Func<RequestId, SendMessage>> SendUntilRefusedAsync()
        {
            var filling = new string('x', 200_000);
            for (var i = 0; ; i++)
            {
                var text = $"refused, or not yet: {i} {filling}";
                var ciphertext = members[0].Encrypt(text);
                var id = TestAgent.NewMessageId();
                SendMessage Message(RequestId request) => new(request, members[0].ChannelId, id, ciphertext);
                if (await members[0].Connection.AskAsync(Message) is not Accepted)
                    return Message;
                accepted.Add(text);
            }
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task A_log_that_cannot_be_written_is_not_opened_and_says_so()
    {
        using var disk = SmallDisk.Create();
        disk.Fail();
        Should.Throw<Skytale.Application.Ports.ChannelLogException>(() => new EmbeddedChannelLog(Path.Combine(disk.Path, "channels"))).Message.ShouldContain("cannot be opened");
        disk.Repair();
        await using var log = new EmbeddedChannelLog(Path.Combine(disk.Path, "channels"));
    }
}
