using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Tests.PublicGroups;

namespace Skytale.Mls.Tests.Crypto;

/// <summary>Work that is spread over cores gives what the same work one after the other would.</summary>
public sealed class BatchTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(100)]
    public void Ciphertexts_open_in_their_order_and_repeat_with_a_source_that_repeats(int count)
    {
        var suite = Client.Suite;
        var context = Opaque.Copy("context"u8);
        var pairs = Enumerable.Range(0, count).Select(_ => suite.GenerateHpkeKeyPair(TestRandom.Fill)).ToArray();
        var jobs = pairs.Select((pair, i) => (pair.PublicKey, Secret.Copy([(byte)i, 1, 2]))).ToArray();

        var first = Batch.EncryptWithLabel(suite, "label"u8, context, jobs, Repeating());
        var second = Batch.EncryptWithLabel(suite, "label"u8, context, jobs, Repeating());
        second.ShouldBe(first);
        first.Length.ShouldBe(count);
        first.Select(ciphertext => ciphertext.KemOutput).Distinct().Count().ShouldBe(count);
        for (var i = 0; i < count; i++)
        {
            using var opened = suite.DecryptWithLabel(pairs[i], "label"u8, context.Span, first[i]);
            opened.FixedTimeEquals(jobs[i].Item2).ShouldBeTrue();
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(500)]
    public void The_first_failure_is_told_whatever_ran_first(int count)
    {
        Batch.FirstFailure(count, _ => true).ShouldBe(-1);
        Batch.FirstFailure(count, i => i is not (2 or 4)).ShouldBe(2);
        Batch.CheckAll(count, _ => { });
        for (var round = 0; round < 20; round++)
        {
            Expect.Refused(MlsError.InvalidSignature, () => Batch.CheckAll(count, i =>
            {
                if (i is 2 or 4)
                    throw new MlsException(i == 2 ? MlsError.InvalidSignature : MlsError.InvalidPublicKey);
            }));
        }
    }

    [Fact]
    public void A_bug_in_spread_work_shows_as_itself() =>
        Should.Throw<InvalidOperationException>(() => Batch.FirstFailure(100, i => i != 70 ? true : throw new InvalidOperationException("a bug")));

    private static FillRandom Repeating()
    {
        var random = new Random(7);
        return destination => random.NextBytes(destination);
    }
}
