using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Skytale.Protocol.Envelopes;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;

namespace Skytale.Slim.Tests.Links;

/// <summary>A SLIM application by hand: one call, of which the test writes and reads every byte.</summary>
internal sealed class RawLink : IAsyncDisposable
{
    private const int PrefixSize = 5;

    private readonly Duplex _request;
    private readonly HttpResponseMessage _response;
    private readonly Stream _body;
    private HeaderMac? _mac;
    private ulong _lastSubscription;

    private RawLink(Duplex request, HttpResponseMessage response, Stream body) => (_request, _response, _body) = (request, response, body);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Makes the call; the response's headers have come then.</summary>
    public static async Task<RawLink> CallAsync(HttpClient http, string? token)
    {
        var duplex = new Duplex();
        var request = new HttpRequestMessage(HttpMethod.Post, "/dataplane.proto.v1.DataPlaneService/OpenChannel")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = duplex,
            Headers = { TE = { new TransferCodingWithQualityHeaderValue("trailers") } },
        };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        return new RawLink(duplex, response, await response.Content.ReadAsStreamAsync(Cancel));
    }

    /// <summary>Names the link and shows a key; the proxy's answer is checked.</summary>
    public async Task<RawLink> NegotiateAsync()
    {
        using var key = new LinkKey();
        await SendAsync(Negotiation(key.PublicKey));
        var answer = (await NextAsync()).ShouldNotBeNull().Link.LinkNegotiation;
        (answer.LinkId, answer.IsReply, answer.ConnectionType).ShouldBe(("a link", true, LinkConnectionType.Edge));
        _mac = key.Agree(answer.LinkEcdhPublicKey.Span, "a link").ShouldNotBeNull();
        return this;
    }

    public static Message Negotiation(ReadOnlyMemory<byte> publicKey) => new()
    {
        Link = new Link
        {
            LinkNegotiation = new LinkNegotiation { LinkId = "a link", SlimVersion = "2.0.0", LinkEcdhPublicKey = ByteString.CopyFrom(publicKey.Span), ConnectionType = LinkConnectionType.Edge },
        },
    };

    /// <summary>Subscribes a name and awaits the answer.</summary>
    /// <param name="id">Null: the next one.</param>
    public async Task<SubscriptionAck> SubscribeAsync(SlimName name, SlimName? subscriber = null, ulong? id = null)
    {
        await SendAsync(new Message { Subscribe = new Subscribe { Header = Sign(Header(subscriber ?? name, name)), SubscriptionId = id ?? ++_lastSubscription } });
        return (await NextAsync()).ShouldNotBeNull().SubscriptionAck;
    }

    /// <summary>Publishes a text.</summary>
    public Task PublishAsync(SlimName from, SlimName to, string text, uint fanout = 1) => SendAsync(Publish(from, to, text, header => header.Fanout = fanout));

    /// <summary>A signed message; what is changed afterwards breaks the MAC, if it covers that.</summary>
    public Message Publish(SlimName from, SlimName to, string text, Action<SlimHeader>? change = null)
    {
        var header = Header(from, to);
        change?.Invoke(header);
        return new Message
        {
            Publish = new Publish
            {
                Header = Sign(header),
                Session = new SlimWire.Messages.SessionHeader { SessionType = SessionType.PointToPoint, SessionMessageType = SessionMessageType.Msg, SessionId = 7, MessageId = 1 },
                Msg = new Content { AppPayload = new ApplicationPayload { PayloadType = "text", Blob = ByteString.CopyFromUtf8(text) } },
            },
        };
    }

    public static SlimHeader Header(SlimName source, SlimName destination) =>
        new() { Source = source.ToName(), Destination = destination.ToName(), Identity = "a token", Fanout = 1, Ttl = 8 };

    public SlimHeader Sign(SlimHeader header)
    {
        _mac.ShouldNotBeNull().Sign(header);
        return header;
    }

    public Task SendAsync(Message message) => WriteAsync(Framed(message.ToByteArray()));

    /// <summary>Behind the prefix of a message: not compressed, this many bytes.</summary>
    public static byte[] Framed(byte[] message, byte flag = 0, int? length = null)
    {
        var framed = new byte[PrefixSize + message.Length];
        framed[0] = flag;
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), length ?? message.Length);
        message.CopyTo(framed.AsSpan(PrefixSize));
        return framed;
    }

    public async Task WriteAsync(ReadOnlyMemory<byte> bytes)
    {
        var stream = await _request.Stream;
        await stream.WriteAsync(bytes, Cancel);
        await stream.FlushAsync(Cancel);
    }

    /// <summary>No more will be sent.</summary>
    public void Finish() => _request.Finish();

    /// <summary>The next message, whose MAC is right if it needs one; null at the call's end.</summary>
    public async Task<Message?> NextAsync()
    {
        var prefix = new byte[PrefixSize];
        if (await _body.ReadAtLeastAsync(prefix, PrefixSize, throwOnEndOfStream: false, Cancel) < PrefixSize)
            return null;
        var bytes = new byte[BinaryPrimitives.ReadInt32BigEndian(prefix.AsSpan(1))];
        await _body.ReadExactlyAsync(bytes, Cancel);
        var message = Message.Parser.ParseFrom(bytes);
        if (message.Publish is { } publish)
            _mac.ShouldNotBeNull().Verify(publish.Header).ShouldBeTrue();
        return message;
    }

    /// <summary>Some of what has come, as bytes.</summary>
    public async Task<int> ReadSomeAsync(int most) => await _body.ReadAsync(new byte[most], Cancel);

    /// <summary>The next message's text.</summary>
    public async Task<string> NextTextAsync() => (await NextAsync()).ShouldNotBeNull("the link has ended").Publish.Msg.AppPayload.Blob.ToStringUtf8();

    /// <summary>How the proxy ends the call: its status, in the trailers or, where it took nothing, in the headers.</summary>
    public async Task<(int Status, string Reason)> EndAsync()
    {
        while (await NextAsync() is not null)
        {
        }
        HttpHeaders said = _response.TrailingHeaders.Contains("grpc-status") ? _response.TrailingHeaders : _response.Headers;
        return (int.Parse(said.GetValues("grpc-status").Single(), CultureInfo.InvariantCulture), Uri.UnescapeDataString(said.GetValues("grpc-message").Single()));
    }

    public ValueTask DisposeAsync()
    {
        _request.Finish();
        _response.Dispose();
        _mac?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A request's body that is written for as long as the call lasts.</summary>
    private sealed class Duplex : HttpContent
    {
        private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _finished = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Duplex() => Headers.ContentType = new MediaTypeHeaderValue("application/grpc");

        public Task<Stream> Stream => _stream.Task;

        public void Finish() => _finished.TrySetResult();

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, default);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.FlushAsync(cancellationToken); // The headers go at once.
            _stream.SetResult(stream);
            await _finished.Task.WaitAsync(cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = -1;
            return false;
        }
    }
}
