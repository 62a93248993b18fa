using System.Formats.Cbor;

namespace Skytale.Protocol.Frames;

// proxy-hello = [6, proxy-id: agent-id, server-name: tstr, client-nonce: nonce]

/// <summary>The first frame of a SLIM proxy's connection: whose key the relay's configuration must name. Challenge, proof and ready follow as for an agent.</summary>
public sealed record ProxyHello(AgentId AgentId, string ServerName, ReadOnlyMemory<byte> ClientNonce) : Greeting(FrameType.ProxyHello, "", AgentId, ServerName, ClientNonce)
{
    internal const int Fields = 3;

    protected override int FieldCount => Fields;

    protected override void WriteFields(CborWriter writer)
    {
        writer.WriteTextString(AgentId.ToString());
        writer.WriteTextString(ServerName);
        writer.Write(ClientNonce);
    }

    internal static ProxyHello Read(CborReader reader) => new(reader.ReadAgentId(), reader.ReadText(255), reader.ReadFixedBytes(Nonce.Size));
}
