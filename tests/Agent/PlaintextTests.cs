using Skytale.Agent.Channels;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Protocol;
using Skytale.Sdk;

namespace Skytale.Tests;

/// <summary>What stands inside the encryption, byte by byte, and what an application sees of it.</summary>
public sealed class PlaintextTests
{
    private static readonly MessageId Id = MessageId.FromBytes(Convert.FromHexString("0102030405060708090a0b0c0d0e0f10"));

    [Fact]
    public void Content_is_written_as_its_structure_says_and_read_back()
    {
        using var writer = new TlsWriter();
        Plaintext.BeginContent(writer, new ContentHeader("text/plain", Id));
        writer.WriteFixed("hi"u8);
        Convert.ToHexStringLower(writer.WrittenSpan).ShouldBe("0101" + "0a" + "746578742f706c61696e" + "01" + "0102030405060708090a0b0c0d0e0f10" + "00" + "6869");

        using var secret = Secret.Copy(writer.WrittenSpan);
        Plaintext.Read(secret).ShouldBe(new ContentPlaintext(new ContentHeader("text/plain", Id), 31));
    }

    [Fact]
    public void A_notice_is_written_as_its_structure_says_and_read_back()
    {
        using var writer = new TlsWriter();
        Plaintext.BeginNotice(writer, (NoticeType)0x0203);
        Convert.ToHexStringLower(writer.WrittenSpan).ShouldBe("01020203");

        using var secret = Secret.Copy(writer.WrittenSpan);
        Plaintext.Read(secret).ShouldBe(new NoticePlaintext((NoticeType)0x0203, 4));
    }

    [Theory]
    [InlineData("02010000", "version 2")]
    [InlineData("01000000", "kind 0")]
    [InlineData("01030000", "kind 3")]
    [InlineData("0101010a00", "content type")]
    [InlineData("010101ff00", "content type")]
    public void What_is_not_valid_is_refused_with_its_reason(string bytes, string reason)
    {
        using var secret = Secret.Copy(Convert.FromHexString(bytes));
        Should.Throw<ProtocolException>(() => Plaintext.Read(secret)).Message.ShouldContain(reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("01")]
    [InlineData("0101")]
    [InlineData("0102ff")]
    [InlineData("010100")]
    [InlineData("01010002")]
    [InlineData("0101000101")]
    [InlineData("01010000")]
    [InlineData("0101000001000102030405060708090a0b0c0d0e0f00000000000000")]
    public void What_ends_too_early_is_refused(string bytes)
    {
        using var secret = Secret.Copy(Convert.FromHexString(bytes));
        Should.Throw<MlsException>(() => Plaintext.Read(secret));
    }

    [Fact(Timeout = 60_000)]
    public async Task Content_type_and_what_a_message_answers_arrive_with_it()
    {
        await using var world = await World.StartAsync();
        var (_, alice) = await world.NewAgentAsync("alice");
        var (_, bob) = await world.NewAgentAsync("bob");
        await using (alice)
        await using (bob)
        {
            var atAlice = await alice.CreateChannelAsync($"{world.Org}/team/general");
            await atAlice.AddMemberAsync(bob.Id).Soon();
            var atBob = await bob.JoinAsync(atAlice.Name.ToString()).Soon();
            var asked = await atAlice.SendAsync("{}", new SendOptions { ContentType = "application/json" }).Soon();
            await foreach (var question in atBob.Messages.WithCancellation(TestContext.Current.CancellationToken))
            {
                using (question)
                {
                    (question.Id, question.Sequence, question.Sender, question.ContentType, question.ReplyTo).ShouldBe((asked.Id, asked.Sequence, alice.Id, "application/json", null));
                    await atBob.SendAsync("yes", new SendOptions { ReplyTo = question.Id }).Soon();
                }
                break;
            }
            await foreach (var answer in atAlice.Messages.WithCancellation(TestContext.Current.CancellationToken))
            {
                using (answer)
                    (answer.Text, answer.ContentType, answer.ReplyTo).ShouldBe(("yes", "", asked.Id));
                break;
            }
            (await Should.ThrowAsync<SkytaleException>(() => atAlice.SendAsync("x", new SendOptions { ContentType = "text\n" }))).Error.ShouldBe(SkytaleError.InvalidArgument);
        }
    }
}
