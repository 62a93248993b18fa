using System.Text;
using Microsoft.IdentityModel.Tokens;
using Skytale.Application.Ports;

namespace Skytale.Security.Tokens;

/// <summary>
/// The key that this server signs with: one file, which nobody else needs, and its public half among the published ones. It is replaced
/// when it is old, when somebody asks, and when it was ended; tokens of the one before are good until they expire.
/// </summary>
public sealed class TokenSigner : IDisposable
{
    private readonly string _path;
    private readonly TokenOptions _options;
    private readonly IPublishedKeys _published;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn = new(1);
    private readonly List<TokenSigningKey> _former = [];
    private volatile TokenSigningKey _current;

    /// <param name="path">The key's file (PKCS#8 in PEM, mode 0600); made when missing.</param>
    public TokenSigner(string path, TokenOptions options, IPublishedKeys published, TimeProvider time)
    {
        (_path, _options, _published, _time) = (path, options, published, time);
        _current = TokenSigningKey.LoadOrCreate(path);
    }

    /// <summary>The public half of the key that signs now.</summary>
    public JsonWebKey Public => _current.Public;

    internal SigningCredentials Credentials => _current.Credentials;

    /// <summary>Publishes the key where it is not, and takes another in its place where it is ended or old. To be called at the start and now and then.</summary>
    /// <param name="published">All that are published, as they were read a moment ago.</param>
    /// <returns>True when the key is another than before, or was published now.</returns>
    public Task<bool> KeepAsync(IReadOnlyList<PublishedKey> published, CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            var isOther = TakeFromFile();
            var row = Find(published);
            if (row is null)
            {
                await _published.PublishAsync(_current.Published(_time.GetUtcNow()), cancellationToken);
                return true;
            }
            if (row.EndsAt is not null || _time.GetUtcNow() - row.CreatedAt >= _options.KeyAge)
                isOther |= await ReplaceAsync(row, cancellationToken);
            return isOther;
        },
        cancellationToken);

    /// <summary>Takes a new key; the one before verifies as long as its tokens live.</summary>
    /// <returns>False when another process with the same file was first: its key is taken.</returns>
    public Task<bool> RotateAsync(CancellationToken cancellationToken) =>
        InTurnAsync(async () => await ReplaceAsync(Find(await _published.ReadAsync(cancellationToken)), cancellationToken), cancellationToken);

    /// <summary>Whether tokens that are issued now are good for as long as they live.</summary>
    /// <param name="published">All that are published, as they were read a moment ago.</param>
    /// <exception cref="InvalidOperationException">Their key is not published, or ends before them.</exception>
    /// <exception cref="UnauthorizedAccessException">The key's file belongs to another user, as after a rotation as root: this server would sign on with the key before.</exception>
    public void Check(IReadOnlyList<PublishedKey> published)
    {
        File.OpenRead(_path).Dispose();
        var row = Find(published) ?? throw new InvalidOperationException($"The key {_current.Public.Kid}, which signs tokens, is not published.");
        if (row.EndsAt < _time.GetUtcNow() + _options.LongestLifetime)
            throw new InvalidOperationException($"The key {row.KeyId}, which signs tokens, ends at {row.EndsAt:u}, before they do.");
    }

    public void Dispose()
    {
        _turn.Dispose();
        _current.Dispose();
        foreach (var key in _former)
            key.Dispose();
    }

    private async Task<bool> ReplaceAsync(PublishedKey? row, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        using var made = TokenSigningKey.Create();
        // Published first: whoever is shown a token of it finds it. A crash in between leaves an ended key in the file, which KeepAsync replaces.
        if (row?.EndsAt is not null)
            await _published.PublishAsync(made.Published(now), cancellationToken);
        else if (!await _published.ReplaceAsync(_current.Public.Kid, made.Published(now), now + _options.LongestLifetime + TokenVerifier.ClockSkew, cancellationToken))
            return TakeFromFile();
        PrivateFile.Replace(_path, Encoding.ASCII.GetBytes(made.ToPem()));
        return TakeFromFile();
    }

    private async Task<bool> InTurnAsync(Func<Task<bool>> act, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await act();
        }
        finally
        {
            _turn.Release();
        }
    }

    private PublishedKey? Find(IReadOnlyList<PublishedKey> published) => published.FirstOrDefault(key => key.KeyId == _current.Public.Kid);

    private bool TakeFromFile()
    {
        var read = TokenSigningKey.LoadOrCreate(_path);
        if (read.Public.Kid == _current.Public.Kid)
        {
            read.Dispose();
            return false;
        }
        _former.Add(_current); // Somebody may be signing with it at this moment.
        _current = read;
        return true;
    }
}
