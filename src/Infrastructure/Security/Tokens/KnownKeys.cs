using System.Diagnostics;
using Microsoft.IdentityModel.Tokens;
using Skytale.Application.Ports;

namespace Skytale.Security.Tokens;

/// <summary>The keys that tokens may be signed with now, as they were published: followed, so that a new one is known and an ended one is not. Safe for use by several threads.</summary>
public sealed class KnownKeys(IPublishedKeys published, TimeProvider time) : IDisposable
{
    /// <summary>How often <see cref="FollowAsync"/> is to be called.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Between two reads for tokens of unknown keys, by the system's clock: whoever makes such tokens up costs no more than this.</summary>
    private static readonly TimeSpan s_gap = TimeSpan.FromMilliseconds(20);

    private readonly SemaphoreSlim _turn = new(1);
    private volatile IReadOnlyList<(PublishedKey Published, JsonWebKey Key)> _all = [];
    private long _readAt;

    /// <summary>All that there ever were, as they were read.</summary>
    public IReadOnlyList<PublishedKey> All => [.. _all.Select(known => known.Published)];

    /// <summary>Those that verify now, as the JWKS shows them.</summary>
    public IReadOnlyList<JsonWebKey> Good
    {
        get
        {
            var now = time.GetUtcNow();
            return [.. _all.Where(known => known.Published.EndsAt is null || now < known.Published.EndsAt).Select(known => known.Key)];
        }
    }

    /// <summary>Reads the list.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken)
    {
        var began = Stopwatch.GetTimestamp();
        var before = _all.ToDictionary(known => known.Published.KeyId, known => known.Key, StringComparer.Ordinal);
        var read = await published.ReadAsync(cancellationToken);
        _all = [.. read.Select(each => (each, before.GetValueOrDefault(each.KeyId) ?? TokenSigningKey.ToJwk(each)))];
        Interlocked.Exchange(ref _readAt, began);
    }

    /// <summary>Reads the list for a token of an unknown key, which may have been made a moment ago; once for all who ask meanwhile.</summary>
    public async Task LookAgainAsync()
    {
        var asked = Stopwatch.GetTimestamp();
        await _turn.WaitAsync();
        try
        {
            var last = Interlocked.Read(ref _readAt);
            if (last > asked)
                return;
            if (Stopwatch.GetElapsedTime(last) is var since && since < s_gap)
                await Task.Delay(s_gap - since);
            await FollowAsync(CancellationToken.None);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();
}
