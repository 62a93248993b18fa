using Microsoft.Extensions.Logging;
using Skytale.Slim.Grpc;

namespace Skytale.Slim.Links;

/// <summary>Serves each call as a link, and is the edge at which whatever goes wrong on one ends that one, with a line in the log.</summary>
internal sealed class LinkHost(SlimServerOptions options, RelayConnections relays, TimeProvider time, ILogger log) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly SlimMetrics _metrics = new();
    private long _lastLink;

    /// <summary>What it counts.</summary>
    public SlimMetrics Metrics => _metrics;

    /// <summary>Ends every link; those that come are turned away.</summary>
    public Task StopAsync() => _stopping.CancelAsync();

    public void Dispose()
    {
        _metrics.Dispose();
        _stopping.Dispose();
    }

    public async Task ServeAsync(GrpcCall call)
    {
        var link = Interlocked.Increment(ref _lastLink);
        var lines = new LinkLines(link, _metrics, log);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, call.Aborted);
        try
        {
            call.PassedOver = length => lines.TooLong($"It has {length} bytes; at most {GrpcCall.MaxMessageSize} are taken.");
            await ServeAsync(call, link, lines, ended.Token);
            log.LinkLeft(link);
            call.End(GrpcStatus.Ok, "");
        }
        catch (GrpcException refused)
        {
            End(call, link, refused.Status, refused.Message);
            if (refused.TakesNothing)
                call.Abort(); // Not before: the half that reads would take that for the application's leaving.
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            End(call, link, GrpcStatus.Unavailable, "The proxy stops.");
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && call.Aborted.IsCancellationRequested)
        {
            log.LinkLeft(link); // The application has gone, with its connection or without.
        }
        catch (Exception ours)
        {
            log.LinkFailed(link, ours);
            call.End(GrpcStatus.Internal, "The proxy failed; its log says why.");
        }
    }

    private async Task ServeAsync(GrpcCall call, long link, LinkLines lines, CancellationToken cancellationToken)
    {
        var token = options.Credentials is { } credentials ? await credentials.TokenOfAsync(call.Header("authorization"), call.From, cancellationToken) : null;
        var place = relays.Take() ?? throw new GrpcException(GrpcStatus.ResourceExhausted, $"The proxy has {options.MaxLinks} links, and takes no more.");
        try
        {
            await using var side = new RelaySide(place.Relay, token, reason => log.RelayLost(link, reason));
            await ServeAsync(call, link, lines, side, cancellationToken);
        }
        finally
        {
            await relays.LeaveAsync(place);
        }
    }

    private async Task ServeAsync(GrpcCall call, long link, LinkLines lines, RelaySide side, CancellationToken cancellationToken)
    {
        await OpenAsync(side, cancellationToken);
        await call.StartAsync(cancellationToken);
        using var sender = new LinkSender(call, options.ReaderPatience, time);
        using var mac = await Negotiation.RunAsync(call, sender, options, time, cancellationToken);
        log.LinkOpened(link);
        _metrics.Opened();
        try
        {
            await new LinkCall(call, sender, mac, side, _metrics, lines).RunAsync(cancellationToken);
        }
        finally
        {
            _metrics.Closed();
        }
    }

    /// <summary>Before anything is answered: whom the relay refuses is told so in the response's headers.</summary>
    private async Task OpenAsync(RelaySide side, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(options.RelayTimeout, time);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            await side.OpenAsync(giveUp.Token);
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new GrpcException(GrpcStatus.Unavailable, "The relay cannot be reached.");
        }
    }

    private void End(GrpcCall call, long link, GrpcStatus status, string reason)
    {
        log.LinkEnded(link, status, reason);
        _metrics.Ended(status);
        call.End(status, reason);
    }
}
