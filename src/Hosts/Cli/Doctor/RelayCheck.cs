using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Skytale.Cli.Homes;
using Skytale.Sdk;

namespace Skytale.Cli.Doctor;

/// <summary>The relay, as the agent that acts meets it by one transport: handshake, identity, round trips.</summary>
internal static class RelayCheck
{
    private const int RoundTrips = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static IReadOnlyList<string> Names { get; } = ["relay_quic", "relay_tls"];

    /// <summary>Both transports. One is enough for agents, so that the failure of the other alone is only worth a warning.</summary>
    public static async Task<IReadOnlyList<Finding>> RunAsync(ParseResult parsed, AgentFolder? folder, CancellationToken cancellationToken)
    {
        if (folder is null)
            return [.. Names.Select(check => Finding.Doubtful(check, "not tried: a relay talks to agents alone, and there is none in this home", "Run: skytale agent create NAME"))];
        var quic = await TryAsync(Names[0], parsed, folder, TransportChoice.Quic, cancellationToken);
        var tls = await TryAsync(Names[1], parsed, folder, TransportChoice.Tls, cancellationToken);
        return [Beside(quic, tls), Beside(tls, quic)];
    }

    private static Finding Beside(Finding finding, Finding other) =>
        finding.Result == Finding.Fail && other.Result == Finding.Ok ? finding with { Result = Finding.Warn, Detail = $"{finding.Detail} Agents take the other transport." } : finding;

    private static async Task<Finding> TryAsync(string check, ParseResult parsed, AgentFolder folder, TransportChoice transport, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var begun = Stopwatch.GetTimestamp();
            await using var session = await AgentSession.ConnectAsync(parsed, folder, transport, patience.Token);
            var ready = Stopwatch.GetElapsedTime(begun);
            if (session.Agent.Id != folder.Read().Id)
                return Finding.Bad(check, $"the store of {folder.Name} holds {session.Agent.Id}, its agent.json names {folder.Read().AgentId}", "Restore the folder from a backup: one of the two is another agent's.");
            var times = new List<double>();
            while (times.Count < RoundTrips)
                times.Add((await session.Agent.MeasureRoundTripAsync(patience.Token)).TotalMilliseconds);
            times.Sort();
            return Finding.Good(check, string.Create(CultureInfo.InvariantCulture, $"{session.Agent.Connection?.EndPoint}: ready in {ready.TotalMilliseconds:0} ms with token and store; round trip {times[times.Count / 2]:0.0} ms"));
        }
        catch (SkytaleException busy) when (busy.Error == SkytaleError.StoreInUse)
        {
            return Finding.Doubtful(check, $"not tried: {busy.Message}", "End that process for a moment, or name another agent: --agent NAME");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Finding.Bad(check, $"no answer within {Patience.TotalSeconds:0} s", "Check that the network lets the relay's port through.");
        }
        catch (Exception exception) when (exception is CliException or SkytaleException)
        {
            return Finding.Of(check, Failures.Describe(exception)!);
        }
    }
}
