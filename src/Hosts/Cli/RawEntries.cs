using Skytale.Mls;
using Skytale.Mls.Messages;
using Skytale.Sdk;

namespace Skytale.Cli;

/// <summary>What can be read of the relay's entries without a secret.</summary>
internal static class RawEntries
{
    /// <summary>A message's ciphertext, since every message begins with the same group id; a commit's own bytes.</summary>
    public static ReadOnlySpan<byte> Ciphertext(RawEntry entry) =>
        Read(entry)?.PrivateMessage is { } message ? message.Ciphertext.Span : entry.Bytes.Span;

    private static MlsMessage? Read(RawEntry entry)
    {
        try
        {
            return Mls.Codec.Tls.Decode<MlsMessage>(entry.Bytes.Span);
        }
        catch (MlsException)
        {
            // What the relay holds is shown even when it is no MLSMessage.
            return null;
        }
    }
}
