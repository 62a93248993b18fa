using System.Runtime.ExceptionServices;
using Skytale.Mls.Codec;

namespace Skytale.Mls.Crypto;

/// <summary>
/// The one place that uses more than one core: independent public-key operations, of which joining and committing in a
/// large group need one per member. Few are done one after the other, since threads cost more than they save.
/// </summary>
internal static class Batch
{
    private const int Threshold = 16;

    /// <summary>The lowest index whose check fails, or -1 when all pass.</summary>
    public static int FirstFailure(int count, Func<int, bool> check)
    {
        var passed = new bool[count];
        Run(count, i => passed[i] = check(i));
        return Array.IndexOf(passed, false);
    }

    /// <summary>Runs every check; what the lowest index that breaks a rule threw is thrown, whatever ran first.</summary>
    public static void CheckAll(int count, Action<int> check)
    {
        var failures = new MlsException?[count];
        Run(count, i =>
        {
            try
            {
                check(i);
            }
            catch (MlsException e)
            {
                failures[i] = e;
            }
        });
        if (Array.Find(failures, failure => failure is not null) is { } first)
            ExceptionDispatchInfo.Throw(first);
    }

    /// <summary>
    /// §5.1.3: EncryptWithLabel to many recipients. Randomness is drawn here, in order, before the work is spread, so
    /// that a source that repeats gives the same ciphertexts, and need not be safe for threads.
    /// </summary>
    public static HpkeCiphertext[] EncryptWithLabel(
        CipherSuite suite, ReadOnlySpan<byte> label, Opaque context, IReadOnlyList<(HpkePublicKey Recipient, Secret Plaintext)> jobs, FillRandom random)
    {
        if (jobs.Count == 0)
            return [];
        var seedSize = suite.HpkeSeedSize;
        using var seeds = Secret.Random(jobs.Count * seedSize, random);
        var info = suite.EncryptionInfo(label, context.Span);
        var ciphertexts = new HpkeCiphertext[jobs.Count];
        Run(jobs.Count, i =>
        {
            var (recipient, plaintext) = jobs[i];
            ciphertexts[i] = suite.Encrypt(recipient, info, plaintext.Span, Seed);

            void Seed(Span<byte> destination) => seeds.Span.Slice(i * seedSize, seedSize)[..destination.Length].CopyTo(destination);
        });
        return ciphertexts;
    }

    private static void Run(int count, Action<int> body)
    {
        if (count < Threshold)
        {
            for (var i = 0; i < count; i++)
                body(i);
            return;
        }
        try
        {
            Parallel.For(0, count, body);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
