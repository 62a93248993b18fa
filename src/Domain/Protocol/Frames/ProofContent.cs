using System.Formats.Cbor;
using System.Security.Cryptography;
using System.Text;
using Skytale.Protocol.Transport;

namespace Skytale.Protocol.Frames;

// proof-content = [alpn: tstr, server-name: tstr, certificate-hash: bstr .size 32,
//                  client-nonce: nonce, server-nonce: nonce, token-hash: bstr .size 32, agent-id]

/// <summary>
/// What the identity key signs, under the label <c>RelayProof</c>, to open a connection: this protocol, this server as
/// dialled and as seen, this handshake, this token. Both sides build it for themselves; it never travels.
/// </summary>
/// <param name="ServerName">The name that the agent dialled.</param>
/// <param name="CertificateHash">SHA-256 of the server's end-entity certificate: as seen by the agent, as served by the relay.</param>
/// <param name="Hello">The frame that opened the handshake. A proxy's token is empty, so no proxy's proof is an agent's.</param>
/// <param name="ServerNonce">The relay's nonce.</param>
public sealed record ProofContent(string ServerName, ReadOnlyMemory<byte> CertificateHash, Greeting Hello, ReadOnlyMemory<byte> ServerNonce)
{
    /// <summary>The bytes to sign or to check.</summary>
    public byte[] Encode()
    {
        var writer = new CborWriter(CborConformanceMode.Canonical);
        writer.WriteStartArray(7);
        writer.WriteTextString(TransportLimits.ApplicationProtocol);
        writer.WriteTextString(ServerName);
        writer.Write(CertificateHash);
        writer.Write(Hello.ClientNonce);
        writer.Write(ServerNonce);
        writer.WriteByteString(SHA256.HashData(Encoding.UTF8.GetBytes(Hello.Token)));
        writer.WriteTextString(Hello.AgentId.ToString());
        writer.WriteEndArray();
        return writer.Encode();
    }
}
