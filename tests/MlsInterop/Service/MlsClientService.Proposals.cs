using Grpc.Core;
using Skytale.Mls.Groups;
using Skytale.Mls.Proposals;
using Skytale.Mls.PublicGroups;
using Skytale.MlsInterop.State;

namespace Skytale.MlsInterop.Service;

/// <summary>Proposals of members, each on its own.</summary>
internal sealed partial class MlsClientService
{
    public override Task<Wire.ProposalResponse> AddProposal(Wire.AddProposalRequest request, ServerCallContext context) =>
        Propose(request.StateId, _ => new AddProposal(KeyPackageOf(request.KeyPackage)));

    public override Task<Wire.ProposalResponse> UpdateProposal(Wire.UpdateProposalRequest request, ServerCallContext context) => AnswerFor(request.StateId, member =>
        new Wire.ProposalResponse { Proposal = Bytes(member.Sent(member.Group.ProposeUpdate(new LeafChange(), member.Framing, Random))) });

    public override Task<Wire.ProposalResponse> RemoveProposal(Wire.RemoveProposalRequest request, ServerCallContext context) =>
        Propose(request.StateId, group => new RemoveProposal(LeafOf(group, Bytes(request.RemovedId))));

    public override Task<Wire.ProposalResponse> ExternalPSKProposal(Wire.ExternalPSKProposalRequest request, ServerCallContext context) =>
        Propose(request.StateId, group => Described.ExternalPsk(group.Suite, request.PskId));

    public override Task<Wire.ProposalResponse> ResumptionPSKProposal(Wire.ResumptionPSKProposalRequest request, ServerCallContext context) =>
        Propose(request.StateId, group => Described.ResumptionPsk(group.Suite, group.GroupId, request.EpochId));

    public override Task<Wire.ProposalResponse> GroupContextExtensionsProposal(Wire.GroupContextExtensionsProposalRequest request, ServerCallContext context) =>
        Propose(request.StateId, _ => new GroupContextExtensionsProposal(Described.Extensions(request.Extensions)));

    public override Task<Wire.ProposalResponse> ReInitProposal(Wire.ReInitProposalRequest request, ServerCallContext context) =>
        Propose(request.StateId, _ => Described.ReInit(request.GroupId, Suite(request.CipherSuite), request.Extensions));

    private Task<Wire.ProposalResponse> Propose(uint stateId, Func<PublicGroup, Proposal> proposal) => AnswerFor(stateId, member =>
        new Wire.ProposalResponse { Proposal = Bytes(member.Sent(member.Group.Propose(proposal(member.Group.Public), member.Framing, Random))) });

    /// <summary>A proposal that stands in a commit by value, or that an external signer makes.</summary>
    private static Proposal ProposalOf(Wire.ProposalDescription description, PublicGroup group) => description.ProposalType.ToStringUtf8() switch
    {
        "add" => new AddProposal(KeyPackageOf(description.KeyPackage)),
        "remove" => new RemoveProposal(LeafOf(group, Bytes(description.RemovedId))),
        "externalPSK" => Described.ExternalPsk(group.Suite, description.PskId),
        "resumptionPSK" => Described.ResumptionPsk(group.Suite, group.GroupId, description.EpochId),
        "groupContextExtensions" => new GroupContextExtensionsProposal(Described.Extensions(description.Extensions)),
        "reinit" => Described.ReInit(description.GroupId, Suite(description.CipherSuite), description.Extensions),
        var other => throw Refused.Invalid($"there is no proposal type '{other}'"),
    };
}
