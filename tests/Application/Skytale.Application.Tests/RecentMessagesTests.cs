using System.Buffers.Binary;
using System.Security.Cryptography;
using Skytale.Application.Delivery;
using Skytale.Protocol;

namespace Skytale.Tests;

public sealed class RecentMessagesTests
{
    private static readonly AgentId s_sender = AgentId.FromPublicKey(SHA256.HashData("sender"u8));

    private readonly RecentMessages _recent = new();

    [Fact]
    public void As_many_as_are_kept_are_known_and_the_oldest_goes_first()
    {
        for (var i = 0; i <= RecentMessages.Kept; i++)
            Add(i, (ulong)i + 1);

        _recent.Find(s_sender, Id(0)).ShouldBeNull();
        for (var i = 1; i <= RecentMessages.Kept; i++)
            _recent.Find(s_sender, Id(i)).ShouldNotBeNull().Sequence.ShouldBe(new Sequence((ulong)i + 1));
    }

    [Fact]
    public void What_was_forgotten_and_came_again_takes_no_room_twice()
    {
        const int standing = RecentMessages.Kept / 2;
        for (var i = 0; i < RecentMessages.Kept; i++)
            Add(i, (ulong)i + 1);

        _recent.Forget(new Sequence(standing + 1));

        _recent.Find(s_sender, Id(standing - 1)).ShouldNotBeNull();
        _recent.Find(s_sender, Id(standing)).ShouldBeNull();
        for (var i = standing; i < RecentMessages.Kept; i++)
            Add(i, (ulong)(RecentMessages.Kept + i));
        for (var i = 0; i < RecentMessages.Kept; i++)
            _recent.Find(s_sender, Id(i)).ShouldNotBeNull();
    }

    private void Add(int number, ulong place) => _recent.Add(s_sender, Id(number), new Placed(new Sequence(place), Task.CompletedTask));

    private static MessageId Id(int number)
    {
        var bytes = new byte[MessageId.Size];
        BinaryPrimitives.WriteInt32BigEndian(bytes, number);
        return MessageId.FromBytes(bytes);
    }
}
