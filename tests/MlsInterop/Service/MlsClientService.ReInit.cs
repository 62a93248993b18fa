using Grpc.Core;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.MlsInterop.State;

namespace Skytale.MlsInterop.Service;

/// <summary>§11.2: the group ends by a ReInit, one member starts the next and welcomes the others.</summary>
internal sealed partial class MlsClientService
{
    public override Task<Wire.CommitResponse> ReInitCommit(Wire.CommitRequest request, ServerCallContext context) =>
        AnswerFor(request.StateId, member => Commit(member, request));

    public override Task<Wire.HandleReInitCommitResponse> HandlePendingReInitCommit(Wire.HandlePendingCommitRequest request, ServerCallContext context) => AnswerFor(request.StateId, member =>
    {
        var next = ActorAfter(member, member.Pending.Next.ReInit);
        member.ApplyPending();
        return Ended(member, next);
    });

    public override Task<Wire.HandleReInitCommitResponse> HandleReInitCommit(Wire.HandleCommitRequest request, ServerCallContext context) => AnswerFor(request.StateId, member =>
    {
        Actor? next = null;
        Handle(member, request, reInit => next = ActorAfter(member, reInit));
        return Ended(member, next!);
    });

    public override Task<Wire.CreateSubgroupResponse> ReInitWelcome(Wire.ReInitWelcomeRequest request, ServerCallContext context) => Answer(() =>
    {
        var reinit = store.Get<ReInitialization>(request.ReinitId);
        var next = reinit.Next;
        var start = reinit.Old.Group.Reinitialize(
            new SubgroupRequest
            {
                OwnLeaf = next.KeyPackage,
                Signer = next.Actor.Signer,
                Members = [.. request.KeyPackage.Select(KeyPackageOf)],
                ForcePath = request.ForcePath,
                GroupInfo = new GroupInfoOptions { RatchetTree = !request.ExternalTree },
            },
            Random);
        return Started(start, next.Actor, reinit.Old, request.ExternalTree);
    });

    public override Task<Wire.JoinGroupResponse> HandleReInitWelcome(Wire.HandleReInitWelcomeRequest request, ServerCallContext context) => Answer(() =>
    {
        var reinit = store.Get<ReInitialization>(request.ReinitId);
        var member = Join(reinit.Next, WelcomeOf(request.Welcome), Tree(request.RatchetTree), reinit.Old.EncryptHandshake, reinit.Old);
        return new Wire.JoinGroupResponse { StateId = store.Add(member), EpochAuthenticator = Bytes(member.EpochAuthenticator) };
    });

    // The same client, with keys for the suite that follows.
    private static Actor ActorAfter(Member member, ReInitProposal? reInit) => reInit is null
        ? throw Refused.NotNow("the commit holds no ReInit")
        : new Actor(CipherSuite.Get(reInit.CipherSuite), member.Actor.Identity);

    private Wire.HandleReInitCommitResponse Ended(Member member, Actor next)
    {
        var reinit = new ReInitialization(member, next);
        return new Wire.HandleReInitCommitResponse
        {
            ReinitId = store.Add(reinit),
            KeyPackage = Encoded(new MlsMessage(reinit.Next.KeyPackage.KeyPackage)),
            EpochAuthenticator = Bytes(member.EpochAuthenticator),
        };
    }

    /// <summary>The creator's state in a group that continues another.</summary>
    private Wire.CreateSubgroupResponse Started(GroupStart start, Actor actor, Member old, bool externalTree)
    {
        var member = new Member(actor, start.Group, old.EncryptHandshake);
        member.Psks.Learn(old.Psks);
        return new Wire.CreateSubgroupResponse
        {
            StateId = store.Add(member),
            Welcome = Encoded(start.Welcome),
            RatchetTree = Tree(externalTree, start.Group.Public.Tree),
            EpochAuthenticator = Bytes(member.EpochAuthenticator),
        };
    }
}
