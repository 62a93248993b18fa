using Google.Protobuf;
using Skytale.Slim.Grpc;
using Skytale.SlimWire;
using Skytale.SlimWire.Messages;

namespace Skytale.Slim.Links;

/// <summary>
/// The first message in each direction: the application names the link and shows an X25519 key, the proxy answers under the same
/// name with its own. From then on every header carries a MAC.
/// </summary>
internal static class Negotiation
{
    /// <summary>The version of SLIM whose wire this is.</summary>
    private const string SlimVersion = "2.3.0";

    private const int LongestLinkId = 128;

    /// <returns>The link's MAC.</returns>
    /// <exception cref="GrpcException">Something else came, a key that is none, or nothing in time.</exception>
    public static async Task<HeaderMac> RunAsync(GrpcCall call, LinkSender sender, SlimServerOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        var asked = await ReadAsync(call, options.NegotiationTimeout, time, cancellationToken);
        using var ours = new LinkKey();
        var mac = ours.Agree(asked.LinkEcdhPublicKey.Span, asked.LinkId)
            ?? throw new GrpcException(GrpcStatus.InvalidArgument, $"The link's public key is {asked.LinkEcdhPublicKey.Length} bytes, or no X25519 key: 32 bytes are needed.");
        await sender.SendAsync(
            new Message
            {
                Link = new Link
                {
                    LinkNegotiation = new LinkNegotiation
                    {
                        LinkId = asked.LinkId,
                        SlimVersion = SlimVersion,
                        IsReply = true,
                        LinkEcdhPublicKey = UnsafeByteOperations.UnsafeWrap(ours.PublicKey),
                        ConnectionType = asked.ConnectionType,
                        NodeId = options.NodeId,
                    },
                },
            },
            cancellationToken);
        return mac;
    }

    private static async Task<LinkNegotiation> ReadAsync(GrpcCall call, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        using var late = new CancellationTokenSource(timeout, time);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var first = await call.ReadAsync(Message.Parser, giveUp.Token);
            return first?.Link?.LinkNegotiation is { IsReply: false, LinkId.Length: > 0 and <= LongestLinkId } asked
                ? asked
                : throw new GrpcException(GrpcStatus.InvalidArgument, "A link begins with its negotiation.");
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new GrpcException(GrpcStatus.DeadlineExceeded, $"The link was not negotiated within {timeout.TotalSeconds} s.");
        }
    }
}
