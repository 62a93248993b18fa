using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.Mls.Tests.Groups;

namespace Skytale.Mls.Tests.Validation;

/// <summary>Each error of external commits (§12.4.3.2) and of groups that end and go on (§11.2, §11.3), alone.</summary>
public sealed class ContinuingErrors : IDisposable
{
    private readonly TestGroup _group = TestGroup.OfThree();
    private readonly Member _joiner = new(TestGroup.Suite, "dave");

    private Member Alice => _group[0];

    private Member Bob => _group[1];

    [Fact]
    [Fires(MlsError.InvalidExternalCommit)]
    public void An_external_commit_that_replaces_the_groups_extensions()
    {
        var forgery = new ForgedExternalCommit { Proposals = init => [init, new ProposalByValue(new GroupContextExtensionsProposal(ExtensionList.Empty))] }.By(_joiner, Alice);
        var control = new ForgedExternalCommit().By(_joiner, Alice);
        Bob.FiresAlone(MlsError.InvalidExternalCommit, bob => bob.Process(forgery), bob => bob.Process(control).Dispose());
    }

    [Fact]
    [Fires(MlsError.GroupEnded)]
    public void A_message_in_a_group_that_a_reinit_ended()
    {
        // The same message before the ReInit is merged, which leaves the state of that epoch as it was.
        using var ending = Alice.Group.Commit(
            new CommitRequest { Proposals = [new ReInitProposal(Opaque.Copy("next"u8), ProtocolVersion.Mls10, TestGroup.Suite.Id, ExtensionList.Empty)] }, TestRandom.Fill);
        using var ended = Alice.Group.Merge(ending);
        Alice.FiresAlone(
            MlsError.GroupEnded,
            _ => ended.Protect("late"u8, [], 0, TestRandom.Fill),
            alice => alice.Protect("in time"u8, [], 0, TestRandom.Fill));
    }

    [Fact]
    [Fires(MlsError.NotAContinuation)]
    public void A_branch_at_another_epoch_than_one()
    {
        using var bobs = Bob.NewBundle();
        using var alices = Alice.NewBundle();
        var branch = new ForgedContinuation { Usage = ResumptionPskUsage.Branch };
        var forgery = (branch with { CommitsBefore = 1 }).By(Bob.Group, (Bob, bobs), (Alice, alices));
        var control = branch.By(Bob.Group, (Bob, bobs), (Alice, alices));
        Alice.FiresAlone(MlsError.NotAContinuation, old => Join(forgery, old), old => Join(control, old).Dispose());

        MlsGroup Join(Welcome welcome, MlsGroup old) => MlsGroup.Join(welcome, alices, Alice.Signer, new JoinOptions { Continues = old });
    }

    public void Dispose()
    {
        _joiner.Dispose();
        _group.Dispose();
    }
}
