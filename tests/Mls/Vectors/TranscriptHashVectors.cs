using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;

namespace Skytale.Mls.Tests.Vectors;

public sealed class TranscriptHashVectors
{
    [Fact]
    public void Both_hashes_and_the_confirmation_tag_match_the_vectors() => VectorFile.Open("transcript-hashes").ForEachSuite((testCase, suite) =>
    {
        var commit = Tls.Decode<AuthenticatedContent>(testCase.Bytes("authenticated_content"));
        var confirmed = TranscriptHashes.Confirmed(suite, testCase.Bytes("interim_transcript_hash_before"), commit);
        confirmed.ShouldBe(testCase.Bytes("confirmed_transcript_hash_after"));
        var tag = commit.Auth.ConfirmationTag.ShouldNotBeNull();
        using var confirmationKey = testCase.SecretOf("confirmation_key");
        suite.Mac(confirmationKey, confirmed.Span).ShouldBe(tag);
        TranscriptHashes.Interim(suite, confirmed, tag).ShouldBe(testCase.Bytes("interim_transcript_hash_after"));
    });
}
