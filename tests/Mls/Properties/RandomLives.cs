using CsCheck;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tests.Properties;

/// <summary>
/// Whatever happens in whatever order: members of one epoch agree on its secrets and its tree, and so does who follows
/// without secrets; each message is read once by all who may read it and by nobody else; those who were removed can use
/// nothing that came after; what is refused changes nothing. A failure prints its seed and the fewest operations found.
/// SKYTALE_MLS_LIVES=n runs n lives of up to 500 operations among up to 30 members, each of which takes some seconds,
/// instead of a few; CsCheck_Seed=s starts at a seed that a failure printed.
/// </summary>
public sealed class RandomLives
{
    private const CipherSuiteId Usual = CipherSuiteId.MLS_128_DHKEMX25519_AES128GCM_SHA256_Ed25519;

    private static readonly int LargeLives = int.TryParse(Environment.GetEnvironmentVariable("SKYTALE_MLS_LIVES"), out var lives) ? lives : 3;

    public static TheoryData<CipherSuiteId> Suites => new(CipherSuite.All.Keys);

    [Fact]
    [Trait("Category", "Slow")]
    public void Of_a_group() => Hold(Life.Of(Usual, 10, 80), 20);

    [Fact]
    [Trait("Category", "Slow")]
    public void Of_a_group_of_up_to_30_through_500_operations() => Hold(Life.Of(Usual, 30, 500), LargeLives);

    [Theory]
    [MemberData(nameof(Suites))]
    [Trait("Category", "Slow")]
    public void Of_a_small_group_in_each_suite(CipherSuiteId suite) => Hold(Life.Of(suite, 4, 25), 4);

    [Fact]
    [Trait("Category", "Slow")]
    public void In_them_everything_happens_that_can()
    {
        // That nothing goes wrong says little where nothing happens. The same lives each time, so that this cannot fail by chance.
        var tally = new Dictionary<string, int>();
        for (uint i = 0; i < 12; i++)
        {
            var life = Life.Of(Usual, 10, 150).Generate(new PCG(i, 9420), null, out _);
            foreach (var (what, times) in life.Run())
                tally[what] = tally.GetValueOrDefault(what) + times;
        }
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join("\n", tally.OrderBy(entry => entry.Key).Select(entry => $"{entry.Value,7} {entry.Key}")));
        string[] expected =
        [
            "joined", "removed", "commit lost", "message read", "late message read", "restarted", "restarted with a commit under way",
            "committed by reference", "encrypted commit", "public commit", "joined from outside", "replaced its leaf", "came back",
            .. Enum.GetValues<WishKind>().Select(kind => $"proposed: {kind}"),
            .. Enum.GetValues<ChangeKind>().Select(kind => $"committed: {kind}"),
            .. new[] { MlsError.WrongEpoch, MlsError.OwnMessage, MlsError.GenerationConsumed, MlsError.DecryptionFailed, MlsError.InvalidSignature, MlsError.Removed }
                .Select(error => $"refused: {error}"),
        ];
        expected.Except(tally.Keys).ShouldBeEmpty();
    }

    private static void Hold(Gen<Life> lives, int count) => lives.Sample(
        life =>
        {
            if (Shrinking.Failure(life) is null)
                return;
            var smallest = Shrinking.Smallest(life);
            var failure = Shrinking.Failure(smallest)!;
            throw new InvalidOperationException($"{failure.Message}\n{smallest}\n{failure}");
        },
        iter: count,
        threads: 1,
        print: life => $"(before leaving operations out: {life.Operations.Length} operations)");
}
