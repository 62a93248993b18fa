using Skytale.Channels;
using Skytale.Mls.Codec;
using Skytale.Protocol;

namespace Skytale.Relay.Tests;

/// <summary>What a relay keeps of a channel, also as relays before this one wrote it.</summary>
public sealed class StoredStateTests
{
    private static readonly AgentId s_agent = AgentId.FromPublicKey(Skytale.Groups.ChannelSuite.Default.GenerateSignatureKeyPair(System.Security.Cryptography.RandomNumberGenerator.Fill).PublicKey.Value.Span);

    [Fact]
    public void A_state_is_read_as_it_was_written()
    {
        var state = StateOf(new StoredLeave(s_agent, new Sequence(7), Bytes(9)));
        var read = Tls.Decode<ChannelState>(Tls.Encode(state));
        read.Leaves.ShouldBe(state.Leaves);
        read.Voided.ShouldBe(state.Voided);
        Tls.Encode(read).ShouldBe(Tls.Encode(state));
    }

    [Fact]
    public void A_state_from_before_members_could_leave_is_read()
    {
        var now = Tls.Encode(StateOf()).Span.ToArray();
        byte[] before = [3, .. now[1..^1]]; // Without the last vector, which is empty.
        var read = Tls.Decode<ChannelState>(new Opaque(before));
        read.Leaves.ShouldBeEmpty();
        read.Voided.ShouldHaveSingleItem().By.ShouldBe(new Sequence(5));
        Should.Throw<Mls.MlsException>(() => Tls.Decode<ChannelState>(new Opaque((byte[])[5, .. now[1..]])));
    }

    [Fact]
    public void A_return_point_is_read_as_it_was_written_and_one_from_before_members_could_leave_too()
    {
        var point = new ReturnPoint(Bytes(1), [new StoredStay(s_agent, new Sequence(1), null)], [], [new StoredAgent(s_agent)], [new StoredLeave(s_agent, new Sequence(7), Bytes(9))]);
        Tls.Decode<ReturnPoint>(Tls.Encode(point)).Leaves.ShouldBe(point.Leaves);

        var now = Tls.Encode(point with { Leaves = [] }).Span.ToArray();
        var read = Tls.Decode<ReturnPoint>(new Opaque((byte[])[1, .. now[1..^1]]));
        (read.Leaves.Length, read.Removed.Length).ShouldBe((0, 1));
    }

    private static ChannelState StateOf(params StoredLeave[] leaves) => new(
        Bytes(1), [new StoredStay(s_agent, new Sequence(1), null)], [], [], [new StoredAgent(s_agent)], [new VoidedCommit(new Opaque(new byte[32]), new Sequence(5))], [.. leaves]);

    private static Opaque Bytes(byte value) => new(new[] { value });
}
