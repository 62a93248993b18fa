using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;

namespace Skytale.Relay.Tests.Kit;

/// <summary>The agent's end of a connection, frame by frame.</summary>
internal sealed class TestConnection(ITransportConnection transport) : IAsyncDisposable
{
    private readonly Queue<DeliverWelcome> _welcomes = new();
    private ITransportStream? _control;
    private FrameReader? _reader;
    private uint _requests;

    public ITransportConnection Transport { get; } = transport;

    public FrameReader Reader => _reader ?? throw new InvalidOperationException("The control stream is not open yet.");

    /// <summary>Welcomes that came before answers and were not asked for.</summary>
    public int UnreadWelcomes => _welcomes.Count;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Bytes for the control stream, which opens with the first.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        if (_control is null)
        {
            _control = await Transport.OpenStreamAsync(Token);
            _reader = new FrameReader(_control);
        }
        await _control.WriteAsync(bytes, cancellationToken: Token);
    }

    public Task SendAsync(Frame frame) => WriteAsync(FrameCodec.Encode(frame));

    /// <summary>The next frame, which must be of this type.</summary>
    public async Task<TFrame> ReadAsync<TFrame>() where TFrame : Frame => (await Reader.ReadAsync(Token)).ShouldBeOfType<TFrame>();

    /// <summary>Sends a request and reads its answer; Welcomes that come between are kept.</summary>
    public async Task<Frame> AskAsync(Func<RequestId, RequestFrame> request)
    {
        var id = new RequestId(++_requests);
        await SendAsync(request(id));
        while (true)
        {
            switch (await Reader.ReadAsync(Token))
            {
                case DeliverWelcome welcome:
                    _welcomes.Enqueue(welcome);
                    break;
                case AnswerFrame answer:
                    answer.RequestId.ShouldBe(id);
                    return answer;
                case var other:
                    throw new ShouldAssertException($"{other} is no answer");
            }
        }
    }

    /// <summary>Sends a request that is to be carried out.</summary>
    public async Task<TAnswer> AskAsync<TAnswer>(Func<RequestId, RequestFrame> request) where TAnswer : AnswerFrame =>
        (await AskAsync(request)).ShouldBeOfType<TAnswer>();

    /// <summary>Sends a request that is to be refused with this code.</summary>
    public async Task<Refused> RefusedAsync(ErrorCode code, Func<RequestId, RequestFrame> request)
    {
        var refused = await AskAsync<Refused>(request);
        refused.Code.ShouldBe(code, refused.Detail);
        return refused;
    }

    public async Task<DeliverWelcome> NextWelcomeAsync() => _welcomes.TryDequeue(out var welcome) ? welcome : await ReadAsync<DeliverWelcome>();

    /// <summary>Opens a delivery stream.</summary>
    public async Task<TestDelivery> SubscribeAsync(ChannelId channel, Sequence after = default)
    {
        var stream = await Transport.OpenStreamAsync(Token);
        var delivery = new TestDelivery(stream);
        await delivery.SendAsync(new Subscribe(new RequestId(++_requests), channel, after));
        return delivery;
    }

    /// <summary>Waits until the relay closes the connection; it must be with this code.</summary>
    public async Task ClosedAsync(ErrorCode code)
    {
        var closed = await Transport.Closed.WaitAsync(Token);
        closed.Kind.ShouldBe(TransportClosedBy.Peer);
        ((ErrorCode)closed.Code).ShouldBe(code, closed.Reason);
    }

    public ValueTask DisposeAsync() => Transport.DisposeAsync();
}

/// <summary>The agent's end of a delivery stream.</summary>
internal sealed class TestDelivery(ITransportStream stream)
{
    private readonly FrameReader _reader = new(stream);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public Task SendAsync(Frame frame) => stream.WriteAsync(FrameCodec.Encode(frame), cancellationToken: Token).AsTask();

    /// <summary>The next frame; null when the relay has finished the stream.</summary>
    public ValueTask<Frame?> NextAsync() => _reader.ReadAsync(Token);

    public async Task<TFrame> NextAsync<TFrame>() where TFrame : Frame => (await NextAsync()).ShouldBeOfType<TFrame>();

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
