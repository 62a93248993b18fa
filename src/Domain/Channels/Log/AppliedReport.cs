using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>The first report of an epoch's authenticator, or the first of another one: then the members are in different groups.</summary>
/// <remarks>
/// <code>
/// struct {
///     uint64 epoch;
///     opaque authenticator_hash[32];
///     uint64 sequence;              the entry that tells it
/// } AppliedReport;
/// </code>
/// </remarks>
public sealed record AppliedReport(Epoch Epoch, Opaque AuthenticatorHash, Sequence Sequence) : IWireStruct<AppliedReport>
{
    private const int HashSize = 32;

    public void WriteTo(TlsWriter writer)
    {
        writer.WriteUInt64(Epoch.Value);
        writer.WriteFixed(AuthenticatorHash.Span);
        writer.WriteUInt64(Sequence.Value);
    }

    public static AppliedReport ReadFrom(ref TlsReader reader) => new(new Epoch(reader.ReadUInt64()), reader.ReadFixed(HashSize), new Sequence(reader.ReadUInt64()));
}

/// <summary>An <see cref="AgentId"/> at rest: its public key, 32 bytes.</summary>
public sealed record StoredAgent(AgentId Agent) : IWireStruct<StoredAgent>
{
    public void WriteTo(TlsWriter writer) => writer.WriteFixed(Agent.ToPublicKey());

    public static StoredAgent ReadFrom(ref TlsReader reader) => new(AgentId.FromPublicKey(reader.ReadFixed(AgentId.PublicKeySize).Span));
}
