using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;

namespace Skytale.Mls.Messages;

/// <summary>§8.2: the two running hashes over a group's commits.</summary>
public static class TranscriptHashes
{
    // struct {
    //     WireFormat wire_format;
    //     FramedContent content; /* with content_type == commit */
    //     opaque signature<V>;
    // } ConfirmedTranscriptHashInput;
    //
    // confirmed_transcript_hash_[n] = Hash(interim_transcript_hash_[n-1] || ConfirmedTranscriptHashInput_[n])

    /// <summary>confirmed_transcript_hash of the epoch that the commit starts.</summary>
    public static Opaque Confirmed(CipherSuite suite, Opaque interimBefore, AuthenticatedContent commit) =>
        Confirmed(suite, interimBefore, commit.WireFormat, commit.Content, commit.Auth.Signature);

    /// <summary>The same, before there is a confirmation tag.</summary>
    public static Opaque Confirmed(CipherSuite suite, Opaque interimBefore, WireFormat wireFormat, FramedContent content, Opaque signature)
    {
        using var input = new TlsWriter();
        input.WriteFixed(interimBefore.Span);
        input.WriteUInt16((ushort)wireFormat);
        input.Write(content);
        input.WriteOpaque(signature);
        return suite.Hash(input.WrittenSpan);
    }

    // struct {
    //     MAC confirmation_tag;
    // } InterimTranscriptHashInput;
    //
    // interim_transcript_hash_[n] = Hash(confirmed_transcript_hash_[n] || InterimTranscriptHashInput_[n])

    /// <summary>interim_transcript_hash of an epoch, from its confirmed hash and confirmation tag (§11 for epoch 0, whose confirmed hash is empty).</summary>
    public static Opaque Interim(CipherSuite suite, Opaque confirmed, Opaque confirmationTag)
    {
        using var input = new TlsWriter();
        input.WriteFixed(confirmed.Span);
        input.WriteOpaque(confirmationTag);
        return suite.Hash(input.WrittenSpan);
    }
}
