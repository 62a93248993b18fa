using System.Security.Cryptography;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;

namespace Skytale.RelayLink;

/// <summary>Hello or ProxyHello, Challenge, Proof, Ready: the client's half.</summary>
internal static class Handshake
{
    /// <summary>Proves to the relay who connects. The server's certificate was accepted when the connection opened.</summary>
    /// <returns>What the relay allows, or why it refuses.</returns>
    /// <exception cref="ProtocolException">The relay answers out of turn.</exception>
    public static async Task<Result<Ready>> RunAsync(ITransportConnection connection, FrameReader reader, FrameSender sender, RelayDial dial, CancellationToken cancellationToken)
    {
        var nonce = RandomNumberGenerator.GetBytes(Nonce.Size);
        Greeting hello = dial.Token is { } token ? new Hello(token, dial.AgentId, dial.ServerName, nonce) : new ProxyHello(dial.AgentId, dial.ServerName, nonce);
        await sender.SendAsync(hello, cancellationToken).ConfigureAwait(false);
        var answer = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        if (answer is Refused refusedHello)
            return refusedHello.ToRefusal();
        if (answer is not Challenge challenge)
            throw OutOfTurn(answer);

        var content = new ProofContent(dial.ServerName, connection.ServerCertificateHash, hello, challenge.ServerNonce);
        await sender.SendAsync(new Proof(dial.SignProof(content.Encode())), cancellationToken).ConfigureAwait(false);
        return await reader.ReadAsync(cancellationToken).ConfigureAwait(false) switch
        {
            Ready ready => ready,
            Refused refused => refused.ToRefusal(),
            var other => throw OutOfTurn(other),
        };
    }

    private static ProtocolException OutOfTurn(Frame? frame) =>
        new(ErrorCode.UnexpectedFrame, frame is null ? "The relay ended the handshake." : $"The relay sent {frame.Type} in the handshake.");
}
