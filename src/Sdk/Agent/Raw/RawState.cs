using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;

namespace Skytale.Sdk;

// struct {
//     uint8 version = 1;
//     opaque epoch<V>;                 // MlsGroup.SerializeEpoch
//     opaque receiving<V>;             // MlsGroup.SerializeReceiving
//     opaque sending<V>;               // MlsGroup.SerializeSending: past what is reserved
//     optional<opaque<V>> pending;     // MlsGroup.SerializePending
// } RawState;

/// <summary>A raw group's state as its caller stores it.</summary>
internal static class RawState
{
    private const byte Version = 1;

    public static Secret Write(MlsGroup group, PendingCommit? pending)
    {
        using var writer = new TlsWriter();
        writer.WriteUInt8(Version);
        using (var epoch = group.SerializeEpoch())
            writer.WriteOpaque(epoch.Span);
        using (var receiving = group.SerializeReceiving())
            writer.WriteOpaque(receiving.Span);
        using (var sending = group.SerializeSending())
            writer.WriteOpaque(sending.Span);
        writer.WritePresence(pending is not null);
        if (pending is not null)
        {
            using var state = group.SerializePending(pending);
            writer.WriteOpaque(state.Span);
        }
        return Secret.Copy(writer.WrittenSpan);
    }

    /// <exception cref="MlsException">It is not in this form.</exception>
    public static (MlsGroup Group, PendingCommit? Pending) Read(ReadOnlySpan<byte> state, SignatureKeyPair signer)
    {
        using var copy = Secret.Copy(state);
        var reader = new TlsReader(copy.Memory);
        if (reader.ReadUInt8() is not Version and var version)
            throw new MlsException(MlsError.InvalidState, $"version {version}");
        var group = MlsGroup.Deserialize(reader.ReadOpaque().Span, reader.ReadOpaque().Span, reader.ReadOpaque().Span, signer);
        try
        {
            var pending = reader.ReadPresence() ? group.DeserializePending(reader.ReadOpaque().Span) : null;
            reader.ExpectEnd();
            return (group, pending);
        }
        catch
        {
            group.Dispose();
            throw;
        }
    }
}
