using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.IO.Pipelines;
using System.Net;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Skytale.Slim.Grpc;

/// <summary>
/// One gRPC call with streams in both directions, over HTTP/2. A message longer than <see cref="MaxMessageSize"/> is passed over
/// as it comes in, without being held, and the call goes on.
/// <code>
/// message = compressed (1 byte, 0) || length (4 bytes, big-endian) || protobuf
/// </code>
/// One reader at a time; <see cref="Output"/> has its own.
/// </summary>
internal sealed class GrpcCall
{
    /// <summary>The longest message in either direction, which is also what the other implementations take: 4 MiB.</summary>
    public const int MaxMessageSize = 4 << 20;

    /// <summary>Bytes in front of every message.</summary>
    public const int PrefixSize = 5;

    private const string ContentType = "application/grpc";
    private readonly HttpContext _http;
    private readonly PipeReader _body;
    private long _tooLong;
    private long _toPassOver;

    private GrpcCall(HttpContext http)
    {
        _http = http;
        _body = http.Request.BodyReader;
    }

    /// <summary>Told of a message that was too long, with its length, when all of it has been passed over.</summary>
    public Action<long>? PassedOver { get; set; }

    /// <summary>Where the client is; none where there is no such thing.</summary>
    public IPAddress From => _http.Connection.RemoteIpAddress ?? IPAddress.None;

    /// <summary>Cancelled when the client has gone.</summary>
    public CancellationToken Aborted => _http.RequestAborted;

    /// <summary>What is written here goes out as it is, prefixes included.</summary>
    public PipeWriter Output => _http.Response.BodyWriter;

    /// <summary>True for a request that is a gRPC call at all.</summary>
    public static bool IsCall(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && HttpProtocol.IsHttp2(request.Protocol) && request.ContentType is { } type && type.StartsWith(ContentType, StringComparison.Ordinal);

    /// <summary>Takes a request for a call, which may last for days and carry anything.</summary>
    public static GrpcCall Of(HttpContext http)
    {
        http.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        http.Features.GetRequiredFeature<IHttpMinRequestBodyDataRateFeature>().MinDataRate = null;
        http.Response.ContentType = ContentType;
        return new GrpcCall(http);
    }

    /// <summary>The request's header, or null.</summary>
    public string? Header(string name) => _http.Request.Headers.TryGetValue(name, out var values) && values is [{ } value] ? value : null;

    /// <summary>Sends the response's headers now: clients wait for them before they send anything.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _http.Response.StartAsync(cancellationToken);
        await Output.FlushAsync(cancellationToken); // Until then the start is only kept in mind.
    }

    /// <summary>The next message, or null when the client has finished its direction.</summary>
    /// <exception cref="GrpcException">What came is not gRPC, or not a message of this type.</exception>
    public async ValueTask<TMessage?> ReadAsync<TMessage>(MessageParser<TMessage> parser, CancellationToken cancellationToken) where TMessage : class, IMessage<TMessage>
    {
        while (true)
        {
            var read = await _body.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            if (TryCut(ref rest, out var cut))
            {
                var message = Parse(parser, cut);
                _body.AdvanceTo(rest.Start);
                return message;
            }
            if (read.IsCompleted)
                return rest.IsEmpty && _toPassOver == 0 ? null : throw new GrpcException(GrpcStatus.InvalidArgument, "The call ends inside a message.");
            _body.AdvanceTo(rest.Start, rest.End);
        }
    }

    /// <summary>Ends the call and nothing else of the connection, with what still waits to be sent: for a client that takes nothing.</summary>
    public void Abort() => _http.Abort();

    /// <summary>Ends the call; nothing may be written after it. Before the start the status stands in the headers, afterwards in the trailers.</summary>
    public void End(GrpcStatus status, string message)
    {
        var headers = _http.Response.HasStarted ? _http.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers : _http.Response.Headers;
        headers["grpc-status"] = ((int)status).ToString(CultureInfo.InvariantCulture);
        if (message.Length > 0)
            headers["grpc-message"] = Uri.EscapeDataString(message); // Percent-encoded, says gRPC.
    }

    private bool TryCut(ref ReadOnlySequence<byte> rest, out ReadOnlySequence<byte> message)
    {
        message = default;
        while (true)
        {
            PassOver(ref rest);
            if (rest.Length < PrefixSize)
                return false;
            var length = ReadLength(rest);
            if (length > MaxMessageSize)
            {
                (_tooLong, _toPassOver) = (length, PrefixSize + length);
                continue;
            }
            if (rest.Length < PrefixSize + length)
                return false;
            message = rest.Slice(PrefixSize, length);
            rest = rest.Slice(PrefixSize + length);
            return true;
        }
    }

    private void PassOver(ref ReadOnlySequence<byte> rest)
    {
        if (_toPassOver == 0)
            return;
        var passed = Math.Min(_toPassOver, rest.Length);
        rest = rest.Slice(passed);
        _toPassOver -= passed;
        if (_toPassOver == 0)
            PassedOver?.Invoke(_tooLong);
    }

    private static long ReadLength(in ReadOnlySequence<byte> from)
    {
        Span<byte> prefix = stackalloc byte[PrefixSize];
        from.Slice(0, PrefixSize).CopyTo(prefix);
        return prefix[0] == 0
            ? BinaryPrimitives.ReadUInt32BigEndian(prefix[1..])
            : throw new GrpcException(GrpcStatus.Unimplemented, "Compressed messages are not taken.");
    }

    private static TMessage Parse<TMessage>(MessageParser<TMessage> parser, in ReadOnlySequence<byte> bytes) where TMessage : class, IMessage<TMessage>
    {
        try
        {
            return parser.ParseFrom(bytes);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new GrpcException(GrpcStatus.InvalidArgument, $"Not a message: {e.Message}");
        }
    }
}
