using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Skytale.Protocol;
using Skytale.Protocol.Envelopes;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;

namespace Skytale.RelayLink;

/// <summary>
/// A link of SLIM names: one stream of a connection. Names are subscribed on it, envelopes published, and received by one
/// reader; everything else may be called concurrently. When the stream is lost, what was published last and what the relay
/// had sent and was not read yet is lost with it.
/// </summary>
public sealed class SlimLink : IAsyncDisposable
{
    /// <summary>Bytes of envelopes that wait here to be read, beside one envelope. More are left to the relay, unless an answer is waited for, which may stand behind them.</summary>
    private const int MaxBuffered = 1 << 20;

    /// <summary>Bytes that are taken while an answer is waited for. A relay answers before it sends on, so that what stands before an answer is no more than was under way.</summary>
    private const int MaxBeforeAnswer = 32 << 20;

    private readonly ITransportStream _stream;
    private readonly FrameReader _reader;
    private readonly FrameSender _sender;
    private readonly EnvelopePacker _packer = new();
    private readonly SemaphoreSlim _publishing = new(1);
    private readonly ConcurrentDictionary<uint, TaskCompletionSource<AnswerFrame>> _waiting = new();
    private readonly Channel<Envelope> _received = Channel.CreateUnbounded<Envelope>(new UnboundedChannelOptions { SingleWriter = true, SingleReader = true });
    private readonly TaskCompletionSource<Refusal?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _gate = new();
    private readonly Task _reading;
    private TaskCompletionSource? _room;
    private int _buffered;
    private volatile bool _isLeft;
    private uint _lastRequest = 1;

    private SlimLink(ITransportStream stream, FrameReader reader, FrameSender sender, IReadOnlyList<string>? organizations)
    {
        (_stream, _reader, _sender) = (stream, reader, sender);
        Organizations = organizations;
        _reading = ReadAsync();
    }

    /// <summary>The first components of the names that may be subscribed and published from here; null: any, which a relay allows in development alone.</summary>
    public IReadOnlyList<string>? Organizations { get; }

    /// <summary>Completes, never faults, when the link has ended: with the relay's reason, or null where the stream or connection was lost or disposed.</summary>
    public Task<Refusal?> Closed => _closed.Task;

    internal static async Task<Result<SlimLink>> OpenAsync(ITransportStream stream, string? token, CancellationToken cancellationToken)
    {
        var (reader, sender) = (new FrameReader(stream, EnvelopeLimits.FrameSize), new FrameSender(stream));
        try
        {
            await sender.SendAsync(new OpenLink(new RequestId(1), token), cancellationToken).ConfigureAwait(false);
            var answer = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (answer is LinkOpened opened)
                return new SlimLink(stream, reader, sender, opened.Organizations);
            await stream.DisposeAsync().ConfigureAwait(false);
            return answer is Refused refused
                ? refused.ToRefusal()
                : throw new ProtocolException(ErrorCode.UnexpectedFrame, "The relay does not answer an OpenLink.");
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Subscribes a name for an application of this link. What waits in the name's mailbox follows.</summary>
    /// <param name="subscriber">The application's own name, with its id.</param>
    /// <returns>Null when it is subscribed, also when it was before under this id.</returns>
    /// <exception cref="TransportException">The link ended before the answer came.</exception>
    public Task<Refusal?> SubscribeAsync(SlimName subscriber, SlimName name, SubscriptionId id, CancellationToken cancellationToken = default) =>
        RequestAsync(request => new SubscribeName(request, id, subscriber, name), cancellationToken);

    /// <summary>Takes a subscription back; with the last id of a name its mailbox goes.</summary>
    /// <returns>Null when it is taken back; <see cref="ErrorCode.NotFound"/> where there was none.</returns>
    /// <exception cref="TransportException">The link ended before the answer came.</exception>
    public Task<Refusal?> UnsubscribeAsync(SlimName subscriber, SlimName name, SubscriptionId id, CancellationToken cancellationToken = default) =>
        RequestAsync(request => new UnsubscribeName(request, id, subscriber, name), cancellationToken);

    /// <summary>Sends an envelope to whoever has subscribed its destination. It waits while the relay does not take more; nothing says whether anybody got it.</summary>
    /// <exception cref="ProtocolException"><see cref="ErrorCode.PayloadTooLarge"/>: it breaks <see cref="EnvelopeLimits"/>; nothing was sent, and the link lives on.</exception>
    /// <exception cref="TransportException">The link has ended.</exception>
    public async ValueTask PublishAsync(Envelope envelope, CancellationToken cancellationToken = default)
    {
        if (EnvelopeLimits.Violation(envelope) is { } violation)
            throw new ProtocolException(ErrorCode.PayloadTooLarge, violation);
        await _publishing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // What was packed must be sent: the other end's table follows it. So this is not given up.
            await _sender.SendAsync(new PublishEnvelope(_packer.Pack(envelope)), CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _publishing.Release();
        }
    }

    /// <summary>The envelopes for this link's names as they come, until the link ends. One reader, once.</summary>
    public async IAsyncEnumerable<Envelope> ReadAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var envelope in _received.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            Interlocked.Add(ref _buffered, -EnvelopeLimits.SizeOf(envelope));
            LetReadOn();
            yield return envelope;
        }
    }

    /// <summary>Leaves the link; the relay keeps the mailboxes of its names for a while.</summary>
    public async ValueTask DisposeAsync()
    {
        _isLeft = true;
        await _stream.DisposeAsync().ConfigureAwait(false);
        LetReadOn();
        await _reading.ConfigureAwait(false);
    }

    private async Task<Refusal?> RequestAsync(Func<RequestId, RequestFrame> request, CancellationToken cancellationToken)
    {
        var id = Interlocked.Increment(ref _lastRequest);
        var answered = new TaskCompletionSource<AnswerFrame>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[id] = answered;
        try
        {
            LetReadOn();
            if (_closed.Task.IsCompleted)
                throw Ended();
            await _sender.SendAsync(request(new RequestId(id)), cancellationToken).ConfigureAwait(false);
            return await answered.Task.WaitAsync(cancellationToken).ConfigureAwait(false) switch
            {
                NameAccepted => null,
                Refused refused => refused.ToRefusal(),
                var other => throw new ProtocolException(ErrorCode.UnexpectedFrame, $"{other.Type} answers a subscription."),
            };
        }
        finally
        {
            _waiting.TryRemove(id, out _);
        }
    }

    private async Task ReadAsync()
    {
        Refusal? reason = null;
        try
        {
            var unpacker = new EnvelopeUnpacker();
            while (await _reader.ReadAsync().ConfigureAwait(false) is { } frame)
            {
                if (frame is Refused { RequestId.Value: 0 } refused)
                {
                    reason = refused.ToRefusal();
                    break;
                }
                Dispatch(frame, unpacker);
                await WaitForRoomAsync().ConfigureAwait(false);
            }
        }
        catch (TransportException)
        {
            // The stream or the connection has ended, and nobody is left to say why.
        }
        catch (ProtocolException bad)
        {
            reason = new Refusal(bad.Code, bad.Message);
            _stream.Reset((ulong)bad.Code);
        }
        _closed.SetResult(reason);
        foreach (var waiting in _waiting.Values)
            waiting.TrySetException(Ended());
        _received.Writer.Complete();
    }

    private void Dispatch(Frame frame, EnvelopeUnpacker unpacker)
    {
        switch (frame)
        {
            case DeliverEnvelope deliver:
                var envelope = unpacker.Unpack(deliver.Envelope);
                if (Interlocked.Add(ref _buffered, EnvelopeLimits.SizeOf(envelope)) > MaxBeforeAnswer)
                    throw new ProtocolException(ErrorCode.RateLimited, "Too much came before an answer, and was not read.");
                _received.Writer.TryWrite(envelope);
                break;
            case AnswerFrame answer:
                if (_waiting.TryGetValue(answer.RequestId.Value, out var waiting))
                    waiting.TrySetResult(answer);
                break;
            default:
                throw new ProtocolException(ErrorCode.UnexpectedFrame, $"The relay sent {frame.Type} on a link.");
        }
    }

    private async Task WaitForRoomAsync()
    {
        while (!HasRoom())
        {
            Task changed;
            lock (_gate)
                changed = (_room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            if (!HasRoom())
                await changed.ConfigureAwait(false);
        }

        bool HasRoom() => Volatile.Read(ref _buffered) < MaxBuffered || !_waiting.IsEmpty || _isLeft;
    }

    private void LetReadOn()
    {
        lock (_gate)
        {
            _room?.TrySetResult();
            _room = null;
        }
    }

    private TransportException Ended() =>
        new(TransportError.Closed, _closed.Task is { IsCompletedSuccessfully: true, Result: { } reason } ? reason.Detail : "The link has ended.");
}
