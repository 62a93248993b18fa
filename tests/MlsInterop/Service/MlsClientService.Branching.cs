using Grpc.Core;
using Skytale.Mls.Groups;
using Skytale.MlsInterop.State;

namespace Skytale.MlsInterop.Service;

/// <summary>§11.3: some of a group's members form another, linked to it; the group itself goes on.</summary>
internal sealed partial class MlsClientService
{
    public override Task<Wire.CreateSubgroupResponse> CreateBranch(Wire.CreateBranchRequest request, ServerCallContext context) => AnswerFor(request.StateId, old =>
    {
        var actor = new Actor(old.Group.Suite, old.Actor.Identity);
        using var ownLeaf = actor.NewKeyPackage();
        var start = old.Group.Branch(
            Bytes(request.GroupId),
            new SubgroupRequest
            {
                OwnLeaf = ownLeaf,
                Signer = actor.Signer,
                Members = [.. request.KeyPackages.Select(KeyPackageOf)],
                Extensions = Described.Extensions(request.Extensions),
                ForcePath = request.ForcePath,
                GroupInfo = new GroupInfoOptions { RatchetTree = !request.ExternalTree },
            },
            Random);
        return Started(start, actor, old, request.ExternalTree);
    });

    public override Task<Wire.HandleBranchResponse> HandleBranch(Wire.HandleBranchRequest request, ServerCallContext context) => AnswerFor(request.StateId, old =>
    {
        var transaction = store.Get<Transaction>(request.TransactionId);
        var member = Join(transaction, WelcomeOf(request.Welcome), Tree(request.RatchetTree), old.EncryptHandshake, old);
        store.Remove(request.TransactionId);
        return new Wire.HandleBranchResponse { StateId = store.Add(member), EpochAuthenticator = Bytes(member.EpochAuthenticator) };
    });
}
