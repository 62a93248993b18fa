using System.Security.Cryptography;
using Skytale.Agent.Channels;
using Skytale.Sdk;

namespace Skytale.Tests;

/// <summary>What a ciphertext's size says of its content.</summary>
public sealed class PaddingTests
{
    [Theory]
    [InlineData(0, 256)]
    [InlineData(176, 256)] // 80 bytes of a signature and lengths share the bucket.
    [InlineData(177, 512)]
    [InlineData((64 << 10) - 80, 64 << 10)]
    [InlineData((64 << 10) - 79, 128 << 10)]
    [InlineData((192 << 10) - 80, 192 << 10)]
    [InlineData((192 << 10) - 79, 256 << 10)]
    public void Buckets_are_powers_of_two_and_then_whole_64_KiB(int length, int size) => Padding.SizeFor(MessagePadding.Buckets, length).ShouldBe(size);

    [Fact]
    public void A_padding_that_is_none_of_them_is_a_mistake() => Should.Throw<ArgumentOutOfRangeException>(() => Padding.SizeFor((MessagePadding)2, 1));

    [Fact]
    public async Task In_a_channel_sizes_are_those_of_buckets_unless_the_sender_wants_none()
    {
        await using var world = await World.StartAsync();
        await using var alice = await world.ConnectAsync(await world.CreateAgentAsync("alice"));
        await using var bob = await world.ConnectAsync(await world.CreateAgentAsync("bob"), padding: MessagePadding.None);
        var (atAlice, atBob) = await world.MeetAsync(alice, bob);

        foreach (var sender in (SkytaleChannel[])[atAlice, atBob])
        {
            await sender.SendAsync(new byte[1]).Soon();
            await sender.SendAsync(new byte[100]).Soon();
        }

        var sizes = new List<int>();
        await foreach (var entry in atAlice.ReadRawAsync())
        {
            if (entry.Kind == "message")
                sizes.Add(entry.Bytes.Length);
        }
        sizes.Count.ShouldBe(4);
        sizes[1].ShouldBe(sizes[0]);
        (sizes[3] - sizes[2]).ShouldBeInRange(99, 101); // Lengths in front may take more bytes.
        sizes[3].ShouldBeLessThan(sizes[1]);
        (await atAlice.TakeAsync(2)).ShouldBe([new string('\0', 1), new string('\0', 100)]);
    }

    [Fact]
    public void A_group_without_a_relay_has_the_same_choice()
    {
        using var identity = Agent.Keys.IdentityKey.Generate(RandomNumberGenerator.Fill);
        using var group = SkytaleGroup.Create(identity, _ => { });
        group.Seal(new byte[1]).Length.ShouldBe(group.Seal(new byte[100]).Length);
        group.Padding = MessagePadding.None;
        (group.Seal(new byte[100]).Length - group.Seal(new byte[1]).Length).ShouldBeInRange(99, 101);
    }
}
