using Skytale.Groups;
using Skytale.Protocol;

namespace Skytale.Tests.Groups;

public sealed class SafetyNumberTests
{
    private static readonly ChannelId Channel = new(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());
    private static readonly AgentId[] Members =
    [
        AgentId.FromPublicKey(Convert.FromHexString("3b6a27bcceb6a42d62a3a8d02a6f0d73653215771de243a63ac048a18b59da29")),
        AgentId.FromPublicKey([.. Enumerable.Repeat((byte)0xff, 32)]),
        AgentId.FromPublicKey([.. Enumerable.Repeat((byte)0x01, 32)]),
    ];

    // Computed apart from this code.
    [Fact]
    public void It_is_the_hash_of_channel_and_members_in_sixty_digits() =>
        SafetyNumber.Compute(Channel, Members).ShouldBe("48025 41016 70054 02347 09164 16196 35831 66964 33195 68826 36579 05821");

    [Fact]
    public void It_does_not_depend_on_the_members_order_and_changes_with_each_member_and_the_channel()
    {
        var number = SafetyNumber.Compute(Channel, Members);
        SafetyNumber.Compute(Channel, Members.Reverse()).ShouldBe(number);
        SafetyNumber.Compute(Channel, Members[..2]).ShouldNotBe(number);
        SafetyNumber.Compute(new ChannelId(new byte[32]), Members).ShouldNotBe(number);
    }
}
