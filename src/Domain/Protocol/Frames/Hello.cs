using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// hello = [1, token: tstr, agent-id, server-name: tstr, client-nonce: nonce]

/// <summary>The first frame of a connection, by the agent: who it says it is. The token is bound to the identity key by the <see cref="Proof"/>.</summary>
public sealed record Hello(string Token, AgentId AgentId, string ServerName, ReadOnlyMemory<byte> ClientNonce) : Greeting(FrameType.Hello, Token, AgentId, ServerName, ClientNonce)
{
    internal const int Fields = 4;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.WriteTextString(Token);
        writer.WriteTextString(AgentId.ToString());
        writer.WriteTextString(ServerName);
        writer.Write(ClientNonce);
    }

    internal static Hello Read(CborReader reader) => new(reader.ReadText(8192), reader.ReadAgentId(), reader.ReadText(255), reader.ReadFixedBytes(Nonce.Size));

    /// <summary>Who and where to, never the token.</summary>
    public override string ToString() => $"{nameof(Hello)} of {AgentId} to {ServerName}";
}
