using System.Net;
using System.Text;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Slim.Grpc;

namespace Skytale.Slim;

/// <summary>Exchanges an API key for a token of the agent's for SLIM links.</summary>
/// <param name="agent">The agent's name or did:key.</param>
/// <param name="apiKey">The key, as its owner wrote it.</param>
/// <param name="from">Who shows it.</param>
public delegate Task<Result<string>> ExchangeKey(string agent, string apiKey, IPAddress from, CancellationToken cancellationToken);

/// <summary>
/// What an application shows in <c>authorization</c>: <c>Bearer</c> with a token for SLIM links, or <c>Basic</c> with the agent's
/// name as the user and an API key as the password, which is exchanged for such a token. The relay judges the token.
/// </summary>
public sealed class LinkCredentials(ExchangeKey exchange)
{
    private const string Bearer = "Bearer ";
    private const string Basic = "Basic ";

    /// <exception cref="GrpcException">There is none, or the exchange is refused.</exception>
    internal async Task<string> TokenOfAsync(string? authorization, IPAddress from, CancellationToken cancellationToken)
    {
        if (authorization is null)
            throw new GrpcException(GrpcStatus.Unauthenticated, "A token for SLIM links is needed.");
        if (authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return authorization.Length - Bearer.Length <= OpenLink.MaxTokenLength
                ? authorization[Bearer.Length..]
                : throw new Refusal(ErrorCode.InvalidToken, $"A token has {OpenLink.MaxTokenLength} characters at most.").ToGrpc();
        }
        if (!authorization.StartsWith(Basic, StringComparison.OrdinalIgnoreCase) || Pair(authorization[Basic.Length..]) is not var (agent, key))
            throw new GrpcException(GrpcStatus.Unauthenticated, "The authorization is neither Bearer nor Basic.");
        var token = await exchange(agent, key, from, cancellationToken);
        return token.IsSuccess ? token.Value : throw token.Refusal.ToGrpc();
    }

    private static (string Agent, string Key)? Pair(string encoded)
    {
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
            return null;
        var text = Encoding.UTF8.GetString(bytes, 0, length);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? null : (text[..colon], text[(colon + 1)..]);
    }
}
