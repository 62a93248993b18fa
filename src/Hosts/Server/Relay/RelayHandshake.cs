using System.Security.Cryptography;
using Skytale.Accounts;
using Skytale.Channels;
using Skytale.Groups;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Security.Tokens;

namespace Skytale.Server.Relay;

/// <summary>
/// Hello or ProxyHello, Challenge, Proof: who the connection belongs to. A stolen token opens nothing, for the identity key signs this
/// connection's nonces and certificate; nor does a proof made for another connection or server.
/// </summary>
internal sealed class RelayHandshake(RelayServerOptions options, TokenVerifier tokens, SlimProxies proxies)
{
    /// <param name="certificateHash">SHA-256 of the certificate that this relay served on the connection.</param>
    /// <returns>Refuses what the token's check refuses, <see cref="ErrorCode.Forbidden"/> for an unknown proxy, and <see cref="ErrorCode.InvalidProof"/>.</returns>
    /// <exception cref="ProtocolException">Another frame than the next one of the handshake.</exception>
    public async Task<Result<RelayPeer>> RunAsync(FrameReader reader, FrameSender sender, ReadOnlyMemory<byte> certificateHash, CancellationToken cancellationToken)
    {
        var hello = await ReadAsync<Greeting>(reader, cancellationToken);
        var peer = hello is ProxyHello ? Proxy(hello) : await AgentAsync(hello);
        if (!peer.IsSuccess)
            return peer;
        if (!options.ServerNames.Contains(hello.ServerName, StringComparer.OrdinalIgnoreCase))
            return new Refusal(ErrorCode.InvalidProof, "The server name that was dialled is not this relay's.");

        var serverNonce = RandomNumberGenerator.GetBytes(Nonce.Size);
        await sender.SendAsync(new Challenge(serverNonce), cancellationToken);
        var proof = await ReadAsync<Proof>(reader, cancellationToken);
        var content = new ProofContent(hello.ServerName, certificateHash, hello, serverNonce).Encode();
        return LabeledContent.Verify(hello.AgentId, LabeledContent.RelayProof, content, proof.Signature.Span)
            ? peer
            : new Refusal(ErrorCode.InvalidProof, "The proof is not this agent's identity key's for this connection.");
    }

    private async Task<Result<RelayPeer>> AgentAsync(Greeting hello)
    {
        var token = await tokens.VerifyAgentTokenAsync(new SecretText(hello.Token), options.Name);
        if (!token.IsSuccess)
            return token.Refusal;
        // The verifier has compared the token's confirmation key with its subject's.
        return token.Value.AgentId == hello.AgentId
            ? new RelayPeer(hello.AgentId, new Caller(token.Value.AgentId, token.Value.AccountId, token.Value.KeyId, token.Value.Orgs, token.Value.Scopes))
            : new Refusal(ErrorCode.InvalidToken, "The token is another agent's.");
    }

    private Result<RelayPeer> Proxy(Greeting hello) => proxies.Knows(hello.AgentId)
        ? new RelayPeer(hello.AgentId, null)
        : new Refusal(ErrorCode.Forbidden, "The relay's configuration (Relay:SlimProxies) does not name this proxy's key.");

    private static async Task<TFrame> ReadAsync<TFrame>(FrameReader reader, CancellationToken cancellationToken) where TFrame : Frame =>
        await reader.ReadAsync(cancellationToken) as TFrame
        ?? throw new ProtocolException(ErrorCode.UnexpectedFrame, $"The handshake wants {typeof(TFrame).Name} here.");
}
