using System.Linq.Expressions;
using System.Security.Cryptography;
using Skytale.Sdk;

namespace Skytale.Tests;

/// <summary>Contents that are the caller's again as soon as the call returns.</summary>
public sealed class SpanTests
{
    [Fact]
    public async Task What_a_span_held_when_it_was_sent_is_what_arrives()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (_, bob) = await world.NewAgentAsync("bob");
        await using (alice)
        await using (bob)
        {
            var (atAlice, atBob) = await world.MeetAsync(alice, bob);
            foreach (var size in (int[])[5, 3 << 20]) // One message, and one in parts.
            {
                var content = RandomNumberGenerator.GetBytes(size);
                var sending = Reused(content, buffer => atAlice.SendAsync(buffer));
                await sending.Soon();
                (await TakeBytesAsync(atBob)).ShouldBe(content);
            }

            var asked = Reused([1, 2, 3], buffer => atAlice.RequestAsync(buffer));
            await foreach (var request in atBob.Messages)
            {
                using (request)
                {
                    request.Content.ToArray().ShouldBe([1, 2, 3]);
                    await Reused([4, 5], buffer => request.ReplyAsync(buffer, "text/plain")).Soon();
                }
                break;
            }
            using var reply = await asked.Soon();
            reply.Content.ToArray().ShouldBe([4, 5]);
            reply.ContentType.ShouldBe("text/plain");
        }
    }

    [Fact]
    public async Task What_is_no_message_is_refused_before_anything_is_copied()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        await using (alice)
        {
            var channel = await alice.CreateChannelAsync($"{world.Org}/team/general");
            Should.Throw<SkytaleException>(() => { _ = channel.SendAsync(new byte[(64 << 20) + 1].AsSpan()); }).Error.ShouldBe(SkytaleError.MessageTooLarge);
            Should.Throw<SkytaleException>(() => { _ = channel.RequestAsync("x"u8, new RequestOptions { ContentType = "ä" }); }).Error.ShouldBe(SkytaleError.InvalidArgument);
        }
    }

    [Fact]
    public void An_array_is_memory_as_it_was_before_there_were_spans()
    {
        byte[] array = [];
        var options = new SendOptions();
        TakenBy(channel => channel.SendAsync(array, options, default)).ShouldBe(typeof(ReadOnlyMemory<byte>));
        TakenBy(channel => channel.SendAsync(array, default(CancellationToken))).ShouldBe(typeof(ReadOnlyMemory<byte>));
        TakenBy(channel => channel.RequestAsync(array, null, default)).ShouldBe(typeof(ReadOnlyMemory<byte>));
        TakenBy(channel => channel.SendAsync("", options, default)).ShouldBe(typeof(string));
        Expression<Func<Message, Task>> reply = message => message.ReplyAsync(array, "", default);
        ((MethodCallExpression)reply.Body).Method.GetParameters()[0].ParameterType.ShouldBe(typeof(ReadOnlyMemory<byte>));
    }

    private static Type TakenBy(Expression<Func<SkytaleChannel, Task>> call) => ((MethodCallExpression)call.Body).Method.GetParameters()[0].ParameterType;

    private delegate T Call<T>(ReadOnlySpan<byte> content);

    /// <summary>The buffer has something else in it when the call has returned.</summary>
    private static T Reused<T>(byte[] content, Call<T> call)
    {
        var buffer = content.ToArray();
        var result = call(buffer);
        Array.Fill(buffer, (byte)0xff);
        return result;
    }

    private static async Task<byte[]> TakeBytesAsync(SkytaleChannel channel)
    {
        using var timeout = new CancellationTokenSource(Reading.Patience);
        await foreach (var message in channel.Messages.WithCancellation(timeout.Token))
        {
            using (message)
            {
                await message.AcknowledgeAsync(timeout.Token);
                return message.Content.ToArray();
            }
        }
        throw new InvalidOperationException("The channel ended.");
    }
}
