using System.Text.Json;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;

namespace Skytale.MlsVectors.Formats;

// {
//   "cipher_suite": uint16, "confirmation_key", "authenticated_content",
//   "interim_transcript_hash_before", "confirmed_transcript_hash_after", "interim_transcript_hash_after"
// }

/// <summary>transcript-hashes: both hashes over a commit, and its confirmation tag (§8.2, §6.1).</summary>
public static class TranscriptHashesFormat
{
    public static void HashesAndTag(JsonElement testCase, CipherSuite suite)
    {
        var commit = testCase.Decoded<AuthenticatedContent>("authenticated_content");
        Agree.On(commit.Content.Body.Type, ContentType.Commit, "the content type");
        var confirmed = TranscriptHashes.Confirmed(suite, testCase.Bytes("interim_transcript_hash_before"), commit);
        Agree.On(confirmed, testCase.Bytes("confirmed_transcript_hash_after"), "confirmed_transcript_hash_after");

        var tag = commit.Auth.ConfirmationTag ?? throw new VectorException("the commit has no confirmation tag");
        using var confirmationKey = testCase.SecretOf(suite, "confirmation_key");
        Agree.On(suite.Mac(confirmationKey, confirmed.Span), tag, "the confirmation tag");
        Agree.On(TranscriptHashes.Interim(suite, confirmed, tag), testCase.Bytes("interim_transcript_hash_after"), "interim_transcript_hash_after");
    }
}
