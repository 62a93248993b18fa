using CsCheck;
using Skytale.Mls.Crypto;

namespace Skytale.Mls.Tests.Properties;

/// <summary>A world's beginning and what happens in it: all that a run depends on.</summary>
internal sealed record Life(CipherSuiteId Suite, int Founders, int MaxMembers, int PastLimit, int Seed, Operation[] Operations)
{
    private static readonly Gen<int> Number = Gen.Int[0, 1000];

    private static readonly Gen<Change> AnyChange = Gen.Select(
        Gen.Frequency(
            (3, Gen.Const(ChangeKind.Nothing)),
            (3, Gen.Const(ChangeKind.Add)),
            (3, Gen.Const(ChangeKind.AddWithoutPath)),
            (2, Gen.Const(ChangeKind.Remove)),
            (1, Gen.Const(ChangeKind.RemoveAndAdd)),
            (1, Gen.Const(ChangeKind.Extensions)),
            (1, Gen.Const(ChangeKind.ExternalPsk)),
            (1, Gen.Const(ChangeKind.ResumptionPsk)),
            (5, Gen.Const(ChangeKind.Proposed))),
        Number,
        Gen.Int[0, 2],
        (kind, choice, encrypted) => new Change(kind, choice, encrypted == 0));

    private static readonly Gen<Operation> AnyOperation = Gen.Frequency(
        (10, Gen.Select(Number, AnyChange, (who, change) => (Operation)new CommitNow(who, change))),
        (3, Gen.Select(Number, AnyChange, (who, change) => (Operation)new Prepare(who, change))),
        (3, Gen.Select(Number, who => (Operation)new Publish(who))),
        (2, Gen.Select(Number, Number, AnyChange, AnyChange, (first, second, change, other) => (Operation)new Race(first, second, change, other))),
        (8, Gen.Select(Number, Gen.Enum<WishKind>(), Number, Gen.Bool, (who, wish, choice, encrypted) => (Operation)new Propose(who, wish, choice, encrypted))),
        (2, Gen.Select(Number, Gen.Bool, (who, psk) => (Operation)new JoinFromOutside(who, psk))),
        (8, Gen.Select(Number, Gen.Int[1, 4], Gen.Bool, (who, entries, missing) => (Operation)new CatchUp(who, entries, missing))),
        (4, Gen.Select(Number, Gen.Int[0, 2], (who, reserve) => (Operation)new Restart(who, reserve))),
        (10, Gen.Select(Number, who => (Operation)new Send(who))),
        (10, Gen.Select(Number, Number, (message, who) => (Operation)new Deliver(message, who))),
        (5, Gen.Select(Number, Number, (who, order) => (Operation)new DeliverLatest(who, order))),
        (2, Gen.Select(Number, Gen.Int[0, 100_000], (who, bit) => (Operation)new ChangedHandshake(who, bit))),
        (2, Gen.Select(Number, Number, Gen.Int[0, 100_000], (message, who, bit) => (Operation)new ChangedMessage(message, who, bit))),
        (2, Gen.Select(Number, Number, (who, entry) => (Operation)new RepeatedCommit(who, entry))));

    /// <summary>Lives of up to so many operations in a group of up to so many members.</summary>
    public static Gen<Life> Of(CipherSuiteId suite, int maxMembers, int maxOperations) => Gen.Select(
        Gen.Int[1, maxMembers],
        Gen.Int[0, 6],
        Gen.Int,
        AnyOperation.Array[1, maxOperations],
        (founders, past, seed, operations) => new Life(suite, founders, maxMembers, past, seed, operations));

    /// <summary>Lives it through; whatever does not hold throws, with the operation that did it.</summary>
    /// <returns>How often what happened.</returns>
    public IReadOnlyDictionary<string, int> Run()
    {
        using var world = new World(CipherSuite.Get(Suite), Founders, MaxMembers, PastLimit, Seed);
        for (var i = 0; i < Operations.Length; i++)
        {
            try
            {
                Operations[i].Apply(world);
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"operation {i}, {Operations[i]}: {e.Message}", e);
            }
        }
        world.Settle();
        return world.Tally;
    }

    /// <summary>The life as a test could state it.</summary>
    public override string ToString() =>
        $"suite {(ushort)Suite}, {Founders} members at first, up to {MaxMembers}, {PastLimit} past epochs, seed {Seed}:\n  {string.Join("\n  ", Operations.Select(operation => operation.ToString()))}";
}
