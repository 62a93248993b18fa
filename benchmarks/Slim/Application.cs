using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Skytale.Protocol.Envelopes;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;

namespace Skytale.Benchmarks.Slim;

/// <summary>A SLIM application below sessions: a link over gRPC. So cheap that it is not what is measured. One sender and one receiver at a time.</summary>
internal sealed class Application : IAsyncDisposable
{
    private static readonly Marshaller<Message> s_marshaller = Marshallers.Create(message => message.ToByteArray(), Message.Parser.ParseFrom);
    private static readonly Method<Message, Message> s_openChannel = new(MethodType.DuplexStreaming, "dataplane.proto.v1.DataPlaneService", "OpenChannel", s_marshaller, s_marshaller);

    private readonly GrpcChannel _channel;
    private readonly AsyncDuplexStreamingCall<Message, Message> _call;
    private readonly HeaderMac _mac;

    private Application(GrpcChannel channel, AsyncDuplexStreamingCall<Message, Message> call, HeaderMac mac) => (_channel, _call, _mac) = (channel, call, mac);

    /// <summary>Connects and negotiates the link.</summary>
    public static async Task<Application> ConnectAsync(string endpoint)
    {
        var channel = GrpcChannel.ForAddress(endpoint);
        var call = channel.CreateCallInvoker().AsyncDuplexStreamingCall(s_openChannel, null, new CallOptions());
        using var key = new LinkKey();
        var asked = new LinkNegotiation
        {
            LinkId = Guid.NewGuid().ToString(),
            SlimVersion = "2.3.0",
            LinkEcdhPublicKey = ByteString.CopyFrom(key.PublicKey.Span),
            ConnectionType = LinkConnectionType.Edge,
        };
        await call.RequestStream.WriteAsync(new Message { Link = new Link { LinkNegotiation = asked } });
        if (!await call.ResponseStream.MoveNext() || key.Agree(call.ResponseStream.Current.Link.LinkNegotiation.LinkEcdhPublicKey.Span, asked.LinkId) is not { } mac)
            throw new InvalidOperationException("The proxy negotiates no link.");
        return new Application(channel, call, mac);
    }

    /// <summary>Subscribes a name; nothing may be on its way here yet.</summary>
    public async Task SubscribeAsync(SlimName name)
    {
        var header = new SlimHeader { Source = name.ToName(), Destination = name.ToName(), Fanout = 1, Ttl = 8 };
        _mac.Sign(header);
        await _call.RequestStream.WriteAsync(new Message { Subscribe = new Subscribe { Header = header, SubscriptionId = 1 } });
        if (await NextAsync() is not { SubscriptionAck.Success: true })
            throw new InvalidOperationException("The name is not taken.");
    }

    /// <summary>Waits for the next message.</summary>
    public async Task<Publish> ReceiveAsync() => (await NextAsync()).Publish;

    public async Task PublishAsync(Envelope envelope)
    {
        var message = EnvelopeMapping.ToMessage(envelope);
        _mac.Sign(message.Publish.Header);
        await _call.RequestStream.WriteAsync(message);
    }

    public async ValueTask DisposeAsync()
    {
        await _call.RequestStream.CompleteAsync();
        _call.Dispose();
        _mac.Dispose();
        _channel.Dispose();
    }

    private async Task<Message> NextAsync() => await _call.ResponseStream.MoveNext() ? _call.ResponseStream.Current : throw new InvalidOperationException("The link has ended.");
}
