using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Protocol;

namespace Skytale.Security.Argon2;

/// <summary>
/// Argon2id with a bounded number of hashes at once and a bounded queue: each costs 19 MiB and 14 ms, so an endpoint that
/// computes as many as are asked for is a lever for whoever wants the server down.
/// </summary>
public sealed class Argon2Hasher : ISecretHasher, IDisposable
{
    private const int SaltSize = 16;
    private const int HashSize = 32;

    private readonly Argon2Options _options;
    private readonly SemaphoreSlim _turns;
    private readonly PhcString _nobodys;
    private int _underWay;
    private long _computed;

    public Argon2Hasher(Argon2Options options)
    {
        _options = options;
        _turns = new SemaphoreSlim(options.Concurrency);
        // What an unknown name is compared with: the configured cost, and a hash that no secret has.
        _nobodys = New(RandomNumberGenerator.GetBytes(HashSize));
    }

    /// <summary>How many hashes were computed since the start.</summary>
    public long Computed => Interlocked.Read(ref _computed);

    public Task<Result<SecretHash>> HashAsync(SecretText secret, CancellationToken cancellationToken) =>
        InPlaceAsync(() => InTurnAsync(() => Hash(secret), cancellationToken));

    public Task<Result<SecretCheck>> CheckAsync(SecretText secret, Func<Task<SecretHash?>> findStored, CancellationToken cancellationToken) =>
        InPlaceAsync(async () =>
        {
            var stored = await findStored();
            return await InTurnAsync(() => Check(secret, stored), cancellationToken);
        });

    public void Dispose() => _turns.Dispose();

    private SecretHash Hash(SecretText secret)
    {
        var empty = New([]);
        return new SecretHash((empty with { Hash = Compute(secret, empty, HashSize) }).ToString());
    }

    private SecretCheck Check(SecretText secret, SecretHash? stored)
    {
        var expected = stored is { } hash ? PhcString.Parse(hash.Phc) : _nobodys;
        var matches = CryptographicOperations.FixedTimeEquals(Compute(secret, expected, expected.Hash.Length), expected.Hash) && stored is not null;
        var weaker = expected.MemoryKiB < _options.MemoryKiB || expected.Passes < _options.Passes;
        return new SecretCheck(matches, matches && weaker ? Hash(secret) : null);
    }

    private PhcString New(byte[] hash) => new(_options.MemoryKiB, _options.Passes, 1, RandomNumberGenerator.GetBytes(SaltSize), hash);

    private byte[] Compute(SecretText secret, PhcString cost, int size)
    {
        Interlocked.Increment(ref _computed);
        var bytes = Encoding.UTF8.GetBytes(secret.Reveal());
        try
        {
            return cost is { Lanes: 1, Salt.Length: SaltSize } ? WithNSec(bytes, cost, size) : WithKonscious(bytes, cost, size);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    /// <summary>libsodium: four times as fast, but one lane and salts of 16 bytes only.</summary>
    private static byte[] WithNSec(byte[] secret, PhcString cost, int size) =>
        PasswordBasedKeyDerivationAlgorithm
            .Argon2id(new Argon2Parameters { DegreeOfParallelism = 1, MemorySize = cost.MemoryKiB, NumberOfPasses = cost.Passes })
            .DeriveBytes(secret, cost.Salt, size);

    /// <summary>Any lane count and salt, for hashes that another program made.</summary>
    private static byte[] WithKonscious(byte[] secret, PhcString cost, int size)
    {
        using var argon2 = new Konscious.Security.Cryptography.Argon2id(secret) { Salt = cost.Salt, DegreeOfParallelism = cost.Lanes, MemorySize = cost.MemoryKiB, Iterations = cost.Passes };
        return argon2.GetBytes(size);
    }

    /// <summary>Runs it where there is room for one more, which waits for its turn among the others.</summary>
    private async Task<Result<T>> InPlaceAsync<T>(Func<Task<T>> run)
    {
        if (Interlocked.Increment(ref _underWay) > _options.Concurrency + _options.Queue)
        {
            Interlocked.Decrement(ref _underWay);
            return new Refusal(ErrorCode.RateLimited, "The server is checking as many credentials as it can; try again in a moment.");
        }
        try
        {
            return await run();
        }
        finally
        {
            Interlocked.Decrement(ref _underWay);
        }
    }

    private async Task<T> InTurnAsync<T>(Func<T> compute, CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(compute, cancellationToken);
        }
        finally
        {
            _turns.Release();
        }
    }
}
