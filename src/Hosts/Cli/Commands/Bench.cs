using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Skytale.Cli.Terminal;
using Skytale.Protocol.Transport;
using Skytale.Sdk;

namespace Skytale.Cli.Commands;

/// <summary>How fast the relay is from here: round trips, and messages to a channel where one is named.</summary>
internal sealed class Bench : CliCommand
{
    private static readonly TimeSpan ProgressEvery = TimeSpan.FromSeconds(1);

    private readonly Argument<string?> _channel = new("channel") { Description = "Sends messages there, whose members get them: take one of your own [default: round trips alone]", Arity = ArgumentArity.ZeroOrOne };

    private readonly Option<int?> _count = WholeNumber.Option("--count", ["-n"], 1, "N", "Round trips, and messages [default: 1000]", max: 1_000_000);

    private readonly Option<int?> _size = WholeNumber.Option("--size", [], 1, "BYTES", "The size of a message [default: 200]", max: 900 << 10);

    private readonly Option<int?> _together = WholeNumber.Option("--together", [], 1, "N", "Messages under way at once [default: 64]", max: 4_096);

    public Bench()
        : base(
            "bench", "Measure the relay from here: round trips, and messages that it accepts on a channel.",
            "skytale bench --agent alice",
            "skytale bench acme/demo/bench --count 10000 --size 1000 --agent alice")
    {
        Arguments.Add(_channel);
        Options.Add(_count);
        Options.Add(_size);
        Options.Add(_together);
        Options.Add(Shared.Agent);
    }

    protected override async Task RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var count = parsed.GetValue(_count) ?? 1_000;
        await using var session = await AgentSession.ConnectAsync(parsed, cancellationToken);
        var transport = (session.Agent.Connection ?? throw new CliException(ExitCode.Server, "The connection to the relay was lost again at once.", "Try again.")).Transport.InWords();
        var trips = await RoundTripsAsync(session.Agent, count, cancellationToken);
        if (parsed.GetValue(_channel) is not { } name)
        {
            Output.Show(new { Transport = transport, RoundTripsMs = trips, Messages = (Sent?)null }, ("transport", transport), ("round trip", trips.ToString()));
            return;
        }
        var channel = session.Agent.FindChannel(session.Home.ChannelName(name)) ?? throw new CliException(ExitCode.Failed, $"Agent '{session.Name}' is no member of {name}.", $"Run: skytale channel create {name}");
        var sent = await SendAsync(channel, count, parsed.GetValue(_size) ?? 200, parsed.GetValue(_together) ?? 64, cancellationToken);
        Output.Show(new { Transport = transport, RoundTripsMs = trips, Messages = sent }, ("transport", transport), ("round trip", trips.ToString()), ("messages", sent.ToString()));
    }

    private static async Task<Times> RoundTripsAsync(SkytaleAgent agent, int count, CancellationToken cancellationToken)
    {
        var progress = new Progress("round trips", count);
        var times = new double[count];
        for (var i = 0; i < count; i++)
        {
            times[i] = (await agent.MeasureRoundTripAsync(cancellationToken)).TotalMilliseconds;
            progress.Tell(i + 1);
        }
        return Times.Of(times);
    }

    private static async Task<Sent> SendAsync(SkytaleChannel channel, int count, int size, int together, CancellationToken cancellationToken)
    {
        var progress = new Progress("messages", count);
        var content = new byte[size];
        Random.Shared.NextBytes(content);
        var times = new double[count];
        var (next, done) = (0, 0);
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Math.Min(together, count)).Select(async _ =>
        {
            for (var i = Interlocked.Increment(ref next) - 1; i < count; i = Interlocked.Increment(ref next) - 1)
            {
                var at = Stopwatch.GetTimestamp();
                await channel.SendAsync(content, cancellationToken);
                times[i] = Stopwatch.GetElapsedTime(at).TotalMilliseconds;
                progress.Tell(Interlocked.Increment(ref done));
            }
        }));
        return new Sent(count, size, Math.Round(count / Stopwatch.GetElapsedTime(begun).TotalSeconds, 1), Times.Of(times));
    }

    private sealed record Sent(int Count, int Size, double PerSecond, Times AcceptedMs)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} of {Size} bytes, {PerSecond:0} a second; accepted after {AcceptedMs}");
    }

    private sealed record Times(double P50, double P95, double P99, double Max)
    {
        public static Times Of(double[] milliseconds)
        {
            Array.Sort(milliseconds);
            return new Times(At(milliseconds, 0.5), At(milliseconds, 0.95), At(milliseconds, 0.99), At(milliseconds, 1));
        }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"p50 {P50:0.00} ms, p95 {P95:0.00} ms, p99 {P99:0.00} ms, max {Max:0.00} ms");

        private static double At(double[] sorted, double share) => Math.Round(sorted[Math.Clamp((int)Math.Ceiling(share * sorted.Length) - 1, 0, sorted.Length - 1)], 3);
    }

    // A line a second, on standard error: what lasts longer than a person waits for says how far it is.
    private sealed class Progress(string what, int of)
    {
        private long _told = Stopwatch.GetTimestamp();

        public void Tell(int done)
        {
            var told = Interlocked.Read(ref _told);
            if (Stopwatch.GetElapsedTime(told) >= ProgressEvery && Interlocked.CompareExchange(ref _told, Stopwatch.GetTimestamp(), told) == told)
                Output.Remark($"{done} of {of} {what}");
        }
    }
}
