using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Skytale.Channels;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Relay.Tests.Kit;

namespace Skytale.Relay.Tests;

/// <summary>How often KeyPackages may be asked for.</summary>
public sealed class ClaimTests
{
    private const int Timeout = 60_000;

    private static readonly ChannelLimits s_limits = new()
    {
        ClaimsPerPair = new Allowance(2, TimeSpan.FromSeconds(10)),
        ClaimsPerAgent = new Allowance(3, TimeSpan.FromSeconds(60)),
    };

    [Fact(Timeout = Timeout)]
    public async Task Nobody_empties_the_pool_of_another()
    {
        await using var relay = await TestRelay.StartAsync(s_limits);
        var (member, other) = await TwoAsync(relay);

        await member.ClaimAsync(other);
        await member.ClaimAsync(other);
        await member.Connection.RefusedAsync(ErrorCode.RateLimited, request => new AddMember(request, member.ChannelId, other.Id));

        relay.Time.Advance(TimeSpan.FromSeconds(10));
        await member.ClaimAsync(other);
    }

    [Fact(Timeout = Timeout)]
    public async Task Nobody_asks_for_the_KeyPackages_of_everybody()
    {
        await using var relay = await TestRelay.StartAsync(s_limits);
        var (member, first) = await TwoAsync(relay);
        var second = await relay.ConnectAgentAsync();
        await second.UploadAsync();
        await second.UploadAsync();

        await member.ClaimAsync(first);
        await member.ClaimAsync(second);
        await member.ClaimAsync(second);
        await member.Connection.RefusedAsync(ErrorCode.RateLimited, request => new AddMember(request, member.ChannelId, first.Id));

        relay.Time.Advance(TimeSpan.FromSeconds(60));
        await member.ClaimAsync(first);
    }

    [Fact(Timeout = Timeout)]
    public async Task Pools_that_run_dry_and_claims_that_are_too_many_are_counted()
    {
        await using var relay = await TestRelay.StartAsync();
        var counted = new ConcurrentDictionary<string, int>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter == relay.Server.Metrics.Meter && instrument.Name == "skytale.relay.refusals")
                listening.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((_, value, tags, _) => counted.AddOrUpdate($"{tags[0].Key}={tags[0].Value}", value, (_, before) => before + value));
        listener.Start();

        var (member, other) = await TwoAsync(relay);
        for (var i = 0; i < 4; i++)
            await member.ClaimAsync(other);
        for (var i = 0; i < 16; i++)
            await member.Connection.RefusedAsync(ErrorCode.NoKeyPackage, request => new AddMember(request, member.ChannelId, other.Id));
        await member.Connection.RefusedAsync(ErrorCode.RateLimited, request => new AddMember(request, member.ChannelId, other.Id));

        counted.ShouldBe(new Dictionary<string, int> { ["code=no_key_package"] = 16, ["code=rate_limited"] = 1 }, ignoreOrder: true);
    }

    private static async Task<(TestAgent Member, TestAgent Other)> TwoAsync(TestRelay relay)
    {
        var member = await relay.ConnectAgentAsync();
        await member.CreateChannelAsync("org/team/room");
        var other = await relay.ConnectAgentAsync();
        for (var i = 0; i < 4; i++)
            await other.UploadAsync();
        return (member, other);
    }
}
