using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Skytale.Protocol;
using Skytale.Sdk;

namespace Skytale.Agent;

/// <summary>The SDK's one source of spans and its one meter, both named <see cref="Name"/>: no content, and of a channel's id a part of its hash.</summary>
internal static class AgentTelemetry
{
    public const string Name = "Skytale.Sdk";

    private const int HashShown = 8;

    private static readonly ActivitySource s_source = new(Name);
    private static readonly Meter s_meter = new(Name);
    private static readonly Counter<long> s_sent = s_meter.CreateCounter<long>("skytale.sdk.messages.sent", "{message}", "Messages that a relay has accepted.");
    private static readonly Counter<long> s_received = s_meter.CreateCounter<long>("skytale.sdk.messages.received", "{message}", "Messages that the application was shown.");
    private static readonly Counter<long> s_reconnects = s_meter.CreateCounter<long>("skytale.sdk.reconnects", "{connection}", "Connections behind an agent's first.");
    private static readonly Histogram<double> s_sendDuration = s_meter.CreateHistogram<double>("skytale.sdk.send.duration", "s", "From the call to the relay's acceptance, or to the failure.");
    private static readonly UpDownCounter<long> s_channels = s_meter.CreateUpDownCounter<long>("skytale.sdk.channels", "{channel}", "Channels of the agents that run in this process.");

    /// <summary>Tells of a message on its way; where nobody listens, nothing is done.</summary>
    /// <param name="channel">Where it goes.</param>
    /// <param name="size">Of its content, in bytes.</param>
    /// <param name="send">Sends it.</param>
    /// <param name="state">What <paramref name="send"/> needs.</param>
    public static Task<SentMessage> SendAsync<TState>(ChannelId channel, int size, Func<TState, Task<SentMessage>> send, TState state) =>
        s_source.HasListeners() || s_sent.Enabled || s_sendDuration.Enabled ? ToldAsync(channel, size, send, state) : send(state);

    /// <summary>The messages, counted as they are shown.</summary>
    public static async IAsyncEnumerable<Message> ShownAsync(IAsyncEnumerable<Message> messages, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var message in messages.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            s_received.Add(1);
            yield return message;
        }
    }

    /// <param name="again">Whether the agent had one before.</param>
    public static void Connected(bool again) => s_reconnects.Add(again ? 1 : 0);

    /// <param name="count">How many more channels there are, or fewer.</param>
    public static void ChannelsChanged(int count) => s_channels.Add(count);

    private static async Task<SentMessage> ToldAsync<TState>(ChannelId channel, int size, Func<TState, Task<SentMessage>> send, TState state)
    {
        using var span = s_source.StartActivity("skytale.send", ActivityKind.Producer);
        span?.SetTag("skytale.channel", Hashed(channel))?.SetTag("messaging.message.body.size", size);
        var begun = Stopwatch.GetTimestamp();
        try
        {
            var sent = await send(state).ConfigureAwait(false);
            s_sent.Add(1);
            s_sendDuration.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds);
            return sent;
        }
        catch (Exception e)
        {
            var error = e is SkytaleException known ? known.Error.ToString() : e.GetType().Name;
            span?.SetStatus(ActivityStatusCode.Error)?.SetTag("error.type", error);
            s_sendDuration.Record(Stopwatch.GetElapsedTime(begun).TotalSeconds, new KeyValuePair<string, object?>("error.type", error));
            throw;
        }
    }

    private static string Hashed(ChannelId channel) => Convert.ToHexStringLower(SHA256.HashData(channel.Bytes.Span).AsSpan(0, HashShown));
}
