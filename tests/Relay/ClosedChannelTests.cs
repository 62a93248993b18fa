using Skytale.Accounts;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;
using Skytale.Relay.Tests.Kit;

namespace Skytale.Relay.Tests;

/// <summary>A channel that the operator has closed gives and takes nothing any more; its members' connections and other channels go on.</summary>
public sealed class ClosedChannelTests
{
    private const int Timeout = 60_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Timeout)]
    public async Task Members_are_told_and_nothing_is_sent_or_delivered_also_after_a_restart()
    {
        await using var relay = await TestRelay.StartAsync();
        var members = await relay.ChannelOfAsync(2);
        await members[0].SendAsync("before");
        var delivery = await members[1].SubscribeAsync();
        await delivery.NextAsync<Subscribed>();

        relay.Revoked.Add(RevokedKind.ChannelClosed, members[0].ChannelId.ToString(), relay.Time.GetUtcNow());
        await relay.RevokedCallers.FollowAsync(Cancel);
        var ended = await Should.ThrowAsync<TransportException>(ReadToTheEndAsync(delivery));
        (ended.Error, (ErrorCode?)ended.Code).ShouldBe((TransportError.StreamReset, ErrorCode.ChannelClosed));
        await RefusedAsync(members);
        await members[0].UploadAsync(); // The connection is as good as before.

        await relay.RestartAsync();
        foreach (var member in members)
            await member.ConnectAsync();
        await RefusedAsync(members);
    }

    private static async Task ReadToTheEndAsync(TestDelivery delivery)
    {
        while (await delivery.NextAsync() is not null)
        {
            // What was sent before it was closed.
        }
    }

    private static async Task RefusedAsync(TestAgent[] members)
    {
        await members[0].Connection.RefusedAsync(ErrorCode.ChannelClosed, request => new SendMessage(request, members[0].ChannelId, new MessageId(1), new byte[] { 1 }));
        await members[0].Connection.RefusedAsync(ErrorCode.ChannelClosed, request => new GetGroupInfo(request, members[0].ChannelId));
        var again = await members[1].SubscribeAsync();
        (await again.NextAsync<Refused>()).Code.ShouldBe(ErrorCode.ChannelClosed);
    }
}
