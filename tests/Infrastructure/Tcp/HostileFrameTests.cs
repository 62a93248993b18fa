using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Tcp;
using static Skytale.Infrastructure.Tests.Tcp.RawPeer;

namespace Skytale.Infrastructure.Tests.Tcp;

/// <summary>Each rule of the multiplexer, broken: the connection is aborted with the documented code, and the listener serves on.</summary>
public sealed class HostileFrameTests : IAsyncLifetime
{
    private const int Patience = 60_000;
    private const byte Abort = 12;

    /// <summary>Small, so that they are quickly overrun.</summary>
    private static readonly TransportLimits s_limits = new() { StreamWindow = 20_000, ConnectionWindow = 30_000, MaxStreams = 2 };

    private static readonly byte[] s_code = new byte[8];

    private readonly TlsTransport _transport = new();
    private ITransportListener _listener = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What is sent, and the code that it is aborted with.</summary>
    public static TheoryData<string, ulong, byte[]> Violations => new()
    {
        { "a type that is not known", 1, [.. Settings(), .. Frame(13)] },
        { "a type that is not known, of which only the header comes", 1, [.. Settings(), .. Frame(255, 0, 1)[..12]] },
        { "data that is too long, of which only the header comes", 2, [.. Settings(), .. Frame(1, 0), .. Frame(2, 0, new byte[16_385])[..12]] },
        { "data without a byte", 2, [.. Settings(), .. Frame(1, 0), .. Frame(2, 0)] },
        { "a fin with a payload", 2, [.. Settings(), .. Frame(1, 0), .. Frame(3, 0, 1)] },
        { "a reset with half a code", 2, [.. Settings(), .. Frame(1, 0), .. Frame(4, 0, 1, 2, 3, 4)] },
        { "a close whose reason is too long", 2, [.. Settings(), .. Frame(11, 0, new byte[8 + 513])] },
        { "an open that leaves a gap", 3, [.. Settings(), .. Frame(1, 4)] },
        { "a unidirectional open that leaves a gap", 3, [.. Settings(), .. Frame(1, 6)] },
        { "an open of one of the server's", 3, [.. Settings(), .. Frame(1, 1)] },
        { "an open again", 3, [.. Settings(), .. Frame(1, 0), .. Frame(1, 0)] },
        { "data on a stream that nobody opened", 3, [.. Settings(), .. Frame(2, 0, 1)] },
        { "credit for a stream that the server has not opened", 3, [.. Settings(), .. Frame(6, 1, UInt32(1))] },
        { "the greatest id", 3, [.. Settings(), .. Frame(2, ulong.MaxValue, 1)] },
        { "a ping on a stream", 3, [.. Settings(), .. Frame(1, 0), .. Frame(9, 4)] },
        { "data behind the fin", 4, [.. Settings(), .. Frame(1, 0), .. Frame(3, 0), .. Frame(2, 0, 1)] },
        { "a second fin", 4, [.. Settings(), .. Frame(1, 0), .. Frame(3, 0), .. Frame(3, 0)] },
        { "a reset behind the fin", 4, [.. Settings(), .. Frame(1, 0), .. Frame(3, 0), .. Frame(4, 0, s_code)] },
        { "credit for the sender of a unidirectional stream by itself", 4, [.. Settings(), .. Frame(1, 2), .. Frame(6, 2, UInt32(1))] },
        { "a stop of a unidirectional stream by its sender", 4, [.. Settings(), .. Frame(1, 2), .. Frame(5, 2, s_code)] },
        { "more than the stream's window", 5, [.. Settings(), .. Frame(1, 0), .. Frame(2, 0, new byte[16_000]), .. Frame(2, 0, new byte[4_001])] },
        { "more than the connection's window", 5, [.. Settings(), .. Frame(1, 0), .. Frame(1, 4), .. Frame(2, 0, new byte[16_000]), .. Frame(2, 4, new byte[14_001])] },
        { "too much credit for a stream", 5, [.. Settings(), .. Frame(1, 0), .. Frame(6, 0, UInt32(int.MaxValue))] },
        { "too much credit for the connection", 5, [.. Settings(), .. Frame(7, 0, UInt32(uint.MaxValue))] },
        { "too many streams allowed", 5, [.. Settings(), .. Frame(8, 0, [.. UInt32(int.MaxValue), .. UInt32(0)])] },
        { "too many unidirectional streams allowed", 5, [.. Settings(), .. Frame(8, 0, [.. UInt32(0), .. UInt32(int.MaxValue)])] },
        { "half of the streams' credit", 2, [.. Settings(), .. Frame(8, 0, UInt32(1))] },
        { "a stream too many", 6, [.. Settings(), .. Frame(1, 0), .. Frame(1, 4), .. Frame(1, 8)] },
        { "a unidirectional stream too many", 6, [.. Settings(), .. Frame(1, 2), .. Frame(1, 6), .. Frame(1, 10)] },
        { "another first frame", 7, Frame(9) },
        { "settings again", 7, [.. Settings(), .. Settings()] },
        { "a stream window of nothing", 7, Settings(streamWindow: 0) },
        { "a connection window of 2^31", 7, Settings(connectionWindow: 1u << 31) },
        { "2^31 streams", 7, Settings(maxStreams: 1u << 31) },
    };

    public async ValueTask InitializeAsync() =>
        _listener = await _transport.ListenAsync(TransportPair.Listen(s_limits), Cancel);

    public async ValueTask DisposeAsync()
    {
        await _transport.DisposeAsync();
        _transport.Counters.LiveConnections.ShouldBe(0);
        _transport.Counters.LiveStreams.ShouldBe(0);
    }

    [Theory(Timeout = Patience)]
    [MemberData(nameof(Violations))]
    public async Task A_broken_rule_aborts_the_connection_with_its_code(string what, ulong code, byte[] bytes)
    {
        await using (var peer = await RawPeer.ConnectAsync(_listener.LocalEndPoint, Cancel))
        {
            await peer.WriteAsync(bytes, Cancel);

            var last = await peer.ReadLastAsync(Cancel);

            last.Type.ShouldBe(Abort, what);
            last.Code.ShouldBe(code, $"{what}: {last.Reason}");
        }
        await ServesOnAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task Bytes_that_end_inside_a_frame_are_a_failed_transport()
    {
        ITransportConnection server;
        await using (var peer = await RawPeer.ConnectAsync(_listener.LocalEndPoint, Cancel))
        {
            await peer.WriteAsync([.. Settings(), .. Frame(1, 0), .. Frame(2, 0, new byte[100])[..50]], Cancel);
            server = await _listener.AcceptAsync(Cancel);
        }

        (await server.Closed).Kind.ShouldBe(TransportClosedBy.Transport);
        await ServesOnAsync();
    }

    [Fact(Timeout = Patience)]
    public async Task Frames_may_come_a_byte_at_a_time()
    {
        await using var peer = await RawPeer.ConnectAsync(_listener.LocalEndPoint, Cancel);
        byte[] bytes = [.. Settings(), .. Frame(1, 0), .. Frame(2, 0, "in pieces"u8.ToArray()), .. Frame(3, 0)];
        foreach (var one in bytes)
            await peer.WriteAsync([one], Cancel);

        await using var server = await _listener.AcceptAsync(Cancel);
        var stream = await server.AcceptStreamAsync(Cancel);

        (await stream.ReadToEndAsync(Cancel)).ShouldBe("in pieces"u8.ToArray());
    }

    [Fact(Timeout = Patience)]
    public async Task A_client_that_says_nothing_after_TLS_is_given_to_nobody()
    {
        await using var peer = await RawPeer.ConnectAsync(_listener.LocalEndPoint, Cancel);

        await ServesOnAsync();
    }

    /// <summary>Takes connections until the one that was just made comes, and says a word over it.</summary>
    private async Task ServesOnAsync()
    {
        await using var client = await _transport.ConnectAsync(TransportPair.ConnectTo(_listener.LocalEndPoint), Cancel);
        var stream = await client.OpenStreamAsync(Cancel);
        await stream.WriteAsync("well"u8.ToArray(), endStream: true, Cancel);
        await using var server = await _listener.AcceptAsync(Cancel);
        (await (await server.AcceptStreamAsync(Cancel)).ReadToEndAsync(Cancel)).ShouldBe("well"u8.ToArray());
    }
}
