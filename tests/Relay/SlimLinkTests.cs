using Skytale.Protocol;
using Skytale.Protocol.Envelopes;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;
using Skytale.RelayLink;
using static Skytale.Relay.Tests.Kit.TestLink;

namespace Skytale.Relay.Tests;

/// <summary>The client's end of a link, at a relay that sends as much as it likes.</summary>
public sealed class SlimLinkTests
{
    private const int Timeout = 60_000;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Timeout)]
    public async Task What_is_not_read_waits_at_the_relay_but_for_about_a_mebibyte()
    {
        var relay = new TalkativeRelay();
        await using var link = (await SlimLink.OpenAsync(relay, "a token", Cancel)).Value;
        relay.Sent.ShouldBe(2); // Each has half of that.
    }

    [Fact(Timeout = Timeout)]
    public async Task A_relay_that_sends_on_in_place_of_an_answer_loses_the_link()
    {
        var relay = new TalkativeRelay();
        await using var link = (await SlimLink.OpenAsync(relay, "a token", Cancel)).Value;
        await Should.ThrowAsync<TransportException>(link.SubscribeAsync(Name("bob"), Name("bob"), new SubscriptionId(1), Cancel));
        (await link.Closed).ShouldNotBeNull().Code.ShouldBe(ErrorCode.RateLimited);
        relay.Sent.ShouldBeLessThan(100);
    }

    /// <summary>Opens a link, and then sends envelopes of half a MiB whenever it is read.</summary>
    private sealed class TalkativeRelay : ITransportStream
    {
        private static readonly ReadOnlyMemory<byte> s_envelope =
            FrameCodec.Encode(new DeliverEnvelope(new EnvelopePacker().Pack(Say(Name("alice"), Name("bob"), new string('x', 1 << 19)))));

        private ReadOnlyMemory<byte> _sending = FrameCodec.Encode(new LinkOpened(new RequestId(1), ["org"]));
        private ulong? _isReset;

        /// <summary>Envelopes that were sent, or begun.</summary>
        public int Sent { get; private set; }

        public long Id => 0;

        public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_isReset is not null || Sent == 1_000)
                throw new TransportException(TransportError.StreamReset, "The stream was reset.", _isReset);
            if (_sending.IsEmpty)
                (_sending, Sent) = (s_envelope, Sent + 1);
            var length = Math.Min(_sending.Length, buffer.Length);
            _sending[..length].CopyTo(buffer);
            _sending = _sending[length..];
            return new ValueTask<int>(length);
        }

        public ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, bool endStream = false, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public void Reset(ulong code) => _isReset ??= code;

        public ValueTask DisposeAsync()
        {
            Reset(0);
            return ValueTask.CompletedTask;
        }
    }
}
