using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Security.Cryptography;

namespace Skytale.Tests.Sdk;

/// <summary>What can be watched of agents, and that it tells nothing of what they say.</summary>
public sealed class TelemetryTests(OneServer one)
{
    [Fact(Timeout = 120_000)]
    public async Task A_message_is_counted_and_traced_without_what_it_says()
    {
        var measured = new ConcurrentDictionary<string, double>();
        using var meters = new MeterListener { InstrumentPublished = (instrument, listener) => Enable(instrument, listener) };
        meters.SetMeasurementEventCallback<long>((instrument, value, _, _) => measured.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        meters.SetMeasurementEventCallback<double>((instrument, value, _, _) => measured.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        meters.Start();
        var spans = new ConcurrentBag<Activity>();
        using var traces = new ActivityListener { ShouldListenTo = source => source.Name == "Skytale.Sdk", Sample = (ref _) => ActivitySamplingResult.AllData, ActivityStopped = spans.Add };
        ActivitySource.AddActivityListener(traces);

        await using var alice = await one.Server.ConnectAgentAsync("watched-alice");
        await using var bob = await one.Server.ConnectAgentAsync("watched-bob");
        var channel = await alice.CreateChannelAsync("demo/watched");
        var joined = await bob.JoinAsync(await channel.InviteAsync());
        await channel.SendAsync("marker of a secret");
        await foreach (var message in joined.Messages)
        {
            message.Dispose();
            break;
        }

        // Other tests run meanwhile: at least.
        measured["skytale.sdk.messages.sent"].ShouldBeGreaterThanOrEqualTo(1);
        measured["skytale.sdk.messages.received"].ShouldBeGreaterThanOrEqualTo(1);
        measured["skytale.sdk.send.duration"].ShouldBeGreaterThan(0);
        measured.Keys.ShouldContain("skytale.sdk.channels");
        measured.Keys.ShouldContain("skytale.sdk.reconnects");
        var hash = Convert.ToHexStringLower(SHA256.HashData(channel.Id.Bytes.Span).AsSpan(0, 8));
        var span = spans.Single(span => span.GetTagItem("skytale.channel") as string == hash);
        span.OperationName.ShouldBe("skytale.send");
        var told = string.Join(' ', spans.SelectMany(each => each.TagObjects).Select(tag => $"{tag.Key}={tag.Value}"));
        told.ShouldNotContain("marker");
        told.ShouldNotContain(channel.Id.ToString());
        told.ShouldNotContain("demo/watched");
    }

    private static void Enable(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == "Skytale.Sdk")
            listener.EnableMeasurementEvents(instrument);
    }
}
