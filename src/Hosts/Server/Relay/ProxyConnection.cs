using System.Collections.Concurrent;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;

namespace Skytale.Server.Relay;

/// <summary>
/// A SLIM proxy's connection once it has proved its key: every stream but the control stream is a link of one SLIM
/// application, and none of them can end another.
/// </summary>
internal sealed class ProxyConnection(ITransportConnection connection, FrameReader control, RelayPeer proxy, LinkStreams links, ILogger log)
{
    private readonly ConcurrentDictionary<long, Task> _links = new();
    private readonly string _tag = RelayLog.Tag(proxy.Id);

    /// <summary>Serves until the proxy goes, or the relay stops.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        Task[] parts = [GuardAsync(ReadControlAsync(ended.Token)), GuardAsync(AcceptLinksAsync(ended.Token))];
        await Task.WhenAny([.. parts, connection.Closed]);
        if (stopping.IsCancellationRequested)
            await connection.CloseAsync((ulong)ErrorCode.Unavailable, "The relay stops.");
        await connection.CloseAsync(0, "");
        await ended.CancelAsync();
        await Task.WhenAll(parts);
        await Task.WhenAll(_links.Values);
    }

    /// <summary>A proxy has nothing to ask: the stream only says that it is there.</summary>
    private async Task ReadControlAsync(CancellationToken cancellationToken)
    {
        if (await control.ReadAsync(cancellationToken) is { } frame)
            throw new ProtocolException(ErrorCode.UnexpectedFrame, $"{frame.Type} is not a proxy's.");
    }

    private async Task AcceptLinksAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var stream = await connection.AcceptStreamAsync(cancellationToken);
            // Started only when it is in the table, from which it takes itself at its end.
            var serving = new Task<Task>(() => ServeAsync(stream, cancellationToken));
            _links[stream.Id] = serving.Unwrap();
            serving.Start(TaskScheduler.Default);
        }
    }

    private async Task ServeAsync(ITransportStream stream, CancellationToken cancellationToken)
    {
        await using (stream)
            await GuardLinkAsync(stream, ServeLinkAsync(stream, cancellationToken));
        _links.TryRemove(stream.Id, out _);
    }

    private async Task ServeLinkAsync(ITransportStream stream, CancellationToken cancellationToken)
    {
        var frames = new FrameReader(stream, FrameCodec.MaxHandshakeFrameSize);
        if (await frames.ReadAsync(cancellationToken) is not OpenLink open)
            throw new ProtocolException(ErrorCode.UnexpectedFrame, "A proxy's stream starts with OpenLink.");
        await links.ServeAsync(stream, frames, proxy, open, cancellationToken);
    }

    /// <summary>The edge of the connection.</summary>
    private async Task GuardAsync(Task part)
    {
        try
        {
            await part;
        }
        catch (ProtocolException bad)
        {
            log.ConnectionClosed(_tag, connection.Kind.InWords(), bad.Code.Name(), bad.Message);
            await connection.CloseAsync((ulong)bad.Code, bad.Message);
        }
        catch (Exception gone) when (gone is TransportException or OperationCanceledException)
        {
            // The proxy has left, or the relay stops.
        }
    }

    /// <summary>The edge of one link: whatever it was, the others live on.</summary>
    private async Task GuardLinkAsync(ITransportStream stream, Task link)
    {
        try
        {
            await link;
        }
        catch (ProtocolException bad)
        {
            log.LinkRefused(_tag, bad.Code.Name(), bad.Message);
            stream.Reset((ulong)bad.Code);
        }
        catch (Exception gone) when (gone is TransportException or OperationCanceledException)
        {
            // The link was left, or the connection is at its end.
        }
        catch (Exception ours)
        {
            log.ConnectionFailed(_tag, ours);
            stream.Reset((ulong)ErrorCode.Internal);
        }
    }
}
