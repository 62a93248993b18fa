using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>
/// A commit that no other member has applied yet. The channel as it was before it, a <see cref="ReturnPoint"/>, is kept beside it
/// in the log: where the commit fails at a member, the channel goes back there.
/// </summary>
/// <remarks>
/// <code>
/// struct {
///     uint64 sequence;
///     opaque hash[32];
///     opaque committer[32];
///     uint64 at;               milliseconds since 1970
/// } TentativeCommit;
/// </code>
/// </remarks>
/// <param name="Sequence">Its place in the order.</param>
/// <param name="Hash">SHA-256 of the commit as it was sent; 32 bytes.</param>
/// <param name="At">When it was accepted.</param>
public sealed record TentativeCommit(Sequence Sequence, Opaque Hash, AgentId Committer, DateTimeOffset At) : IWireStruct<TentativeCommit>
{
    private const int HashSize = 32;

    public void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt64(Sequence.Value);
        writer.WriteFixed(Hash.Span);
        writer.WriteFixed(Committer.ToPublicKey());
        writer.WriteUInt64((ulong)At.ToUnixTimeMilliseconds());
    }

    public static TentativeCommit ReadFrom(ref TlsReader reader) => new(
        new Sequence(reader.ReadUInt64()), reader.ReadFixed(HashSize), AgentId.FromPublicKey(reader.ReadFixed(AgentId.PublicKeySize).Span),
        DateTimeOffset.FromUnixTimeMilliseconds((long)reader.ReadUInt64()));
}

/// <summary>A commit that was voided: by it a further rejection is known.</summary>
/// <remarks>
/// <code>
/// struct {
///     opaque hash[32];
///     uint64 by;               the entry that says so
/// } VoidedCommit;
/// </code>
/// </remarks>
/// <param name="Hash">SHA-256 of the commit as it was sent; 32 bytes.</param>
public sealed record VoidedCommit(Opaque Hash, Sequence By) : IWireStruct<VoidedCommit>
{
    private const int HashSize = 32;

    public void WriteTo(TlsWriter writer)
    {
        writer.WriteFixed(Hash.Span);
        writer.WriteUInt64(By.Value);
    }

    public static VoidedCommit ReadFrom(ref TlsReader reader) => new(reader.ReadFixed(HashSize), new Sequence(reader.ReadUInt64()));
}
