using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.MlsVectors;
using Skytale.MlsVectors.Formats;

namespace Skytale.Mls.Tests.Vectors;

public sealed class MessagesVectors
{
    [Fact]
    public void Every_kind_of_message_is_read_and_written_back_byte_for_byte() => VectorFile.Open("messages").ForEach(MessagesFormat.RoundTrips);

    [Fact]
    public void No_message_is_read_when_its_end_is_missing_or_a_byte_follows() => VectorFile.Open("messages").ForEach(testCase =>
    {
        foreach (var name in new[] { "mls_welcome", "mls_group_info", "mls_key_package", "public_message_commit", "private_message" })
        {
            var bytes = testCase.Bytes(name).Span.ToArray();
            Expect.Refused(MlsError.Truncated, () => Tls.Decode<MlsMessage>(bytes.AsSpan(0, bytes.Length - 1)));
            Expect.Refused(MlsError.TrailingBytes, () => Tls.Decode<MlsMessage>([.. bytes, 0]));
        }
    });
}
