using Skytale.Accounts;
using Skytale.Application.Delivery;
using Skytale.Channels;
using Skytale.Protocol;
using Skytale.Security.Tokens;

namespace Skytale.Server.Relay;

/// <summary>Whom a link is let in for: by the token in its first frame, or by what the connection has proved.</summary>
internal sealed class LinkDoor(TokenVerifier tokens, RevokedCallers revoked, SlimProxies proxies)
{
    /// <returns>
    /// The caller, or null for anyone's link; refuses what the token's check refuses, <see cref="ErrorCode.Revoked"/>, and
    /// <see cref="ErrorCode.InvalidToken"/> where a token is missing or has no place.
    /// </returns>
    public async Task<Result<LinkCaller>> JudgeAsync(RelayPeer peer, string? token)
    {
        if (peer.Caller is { } agent)
        {
            return token is null
                ? new LinkCaller(agent)
                : new Refusal(ErrorCode.InvalidToken, "An agent's link is its own and takes no token.");
        }
        if (token is null)
        {
            return proxies.IsDevelopment(peer.Id)
                ? new LinkCaller(null)
                : new Refusal(ErrorCode.InvalidToken, "A link needs the SLIM application's token.");
        }
        var verified = await tokens.VerifySlimTokenAsync(new SecretText(token));
        if (!verified.IsSuccess)
            return verified.Refusal;
        var caller = new Caller(verified.Value.AgentId, verified.Value.AccountId, verified.Value.KeyId, verified.Value.Orgs, verified.Value.Scopes);
        return revoked.IsRevoked(caller) ? RevokedCallers.Revoked : new LinkCaller(caller);
    }
}

/// <summary>For whom a link is.</summary>
/// <param name="Caller">Null: anyone, in development mode.</param>
internal sealed record LinkCaller(Caller? Caller);
