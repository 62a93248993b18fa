namespace Skytale.Sdk.Slim;

/// <summary>A token whose signature held.</summary>
internal sealed record VerifiedToken(JwtClaims Claims, SlimPeer Peer);

/// <summary>Tokens whose signature was checked: one comes with every message for a minute. The oldest go. May be used concurrently.</summary>
internal sealed class VerifiedTokens
{
    public const int Capacity = 512;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, VerifiedToken> _tokens = [];
    private readonly Queue<string> _order = new();

    public VerifiedToken? Find(string token)
    {
        lock (_gate)
            return _tokens.GetValueOrDefault(token);
    }

    public void Add(string token, VerifiedToken verified)
    {
        lock (_gate)
        {
            if (!_tokens.TryAdd(token, verified))
                return;
            _order.Enqueue(token);
            if (_order.Count > Capacity)
                _tokens.Remove(_order.Dequeue());
        }
    }
}
