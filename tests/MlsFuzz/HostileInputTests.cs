using Skytale.Fuzz.Mls.Running;
using Skytale.Fuzz.Mls.Targets;
using Skytale.Mls;

namespace Skytale.MlsFuzz.Tests;

/// <summary>
/// Some ten thousands of inputs, the same in every run; scripts/fuzz throws more. A failure names the seed, the round and
/// the input, and how to see it again.
/// </summary>
public sealed class HostileInputTests
{
    public static TheoryData<string> Decoders { get; } = [.. Fuzz.Mls.Targets.Decoders.All.Keys];

    public static TheoryData<string> Others { get; } = [.. AllTargets.Names.Except(Fuzz.Mls.Targets.Decoders.All.Keys)];

    [Theory]
    [MemberData(nameof(Decoders))]
    public void Any_bytes_are_decoded_or_refused_in_proportion_and_encode_to_the_same(string target) => Run(target, seed: 1, rounds: 1500);

    [Theory]
    [MemberData(nameof(Others))]
    public void Any_bytes_are_taken_or_refused_and_a_refusal_changes_nothing(string target) => Run(target, seed: 2, rounds: 300);

    [Fact]
    public void What_an_insider_signs_is_refused_for_what_is_in_it()
    {
        // The inputs get behind the decoders, the signatures and the encryption, to the checks that are there.
        Reaches("signed-path", MlsError.InvalidParentHash, MlsError.HpkeOpenFailed, MlsError.InvalidConfirmationTag, MlsError.InvalidPublicKey);
        Reaches("signed-tree", MlsError.InvalidParentHash, MlsError.InvalidSignature, MlsError.UnsupportedByLeaf);
        Reaches("signed-key-package", MlsError.InvalidPublicKey, MlsError.UnsupportedByLeaf);
        Reaches("sealed-content", MlsError.InvalidPadding, MlsError.InvalidSignature);
        Reaches("sealed-sender-data", MlsError.UnknownSender, MlsError.GenerationTooFarAhead, MlsError.IndexOutOfRange);
        Reaches("sealed-path-secret", MlsError.PathKeyMismatch);
        Reaches("signed-external-commit", MlsError.InvalidConfirmationTag, MlsError.HpkeOpenFailed, MlsError.InvalidParentHash);
        Reaches("agreement", MlsError.DuplicateAdd, MlsError.CommitterRemovesItself, MlsError.BlankLeafProposal, MlsError.MisplacedExternalInit, MlsError.UnknownPsk);
    }

    private static void Reaches(string target, params MlsError[] checks)
    {
        var run = Run(target, seed: 3, rounds: 400);
        checks.ShouldBeSubsetOf(run.Refused.Keys, run.ToString());
    }

    private static FuzzRun Run(string name, int seed, int rounds)
    {
        using var target = AllTargets.Make(name)!;
        var run = new FuzzRun(name, target).Mutate(seed, rounds);
        TestContext.Current.TestOutputHelper?.WriteLine(run.ToString());
        run.Inputs.ShouldBe(rounds + target.Seeds.Count);
        run.Refused.Values.Sum().ShouldBeGreaterThan(rounds / 10);
        return run;
    }
}
