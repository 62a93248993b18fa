using Google.Protobuf;
using Grpc.Core;
using Skytale.Mls.Codec;
using Skytale.Mls.Groups;
using Skytale.Mls.Messages;
using Skytale.Mls.Proposals;
using Skytale.MlsInterop.State;

namespace Skytale.MlsInterop.Service;

/// <summary>Commits: made, applied by their maker, handled by the others.</summary>
internal sealed partial class MlsClientService
{
    public override Task<Wire.CommitResponse> Commit(Wire.CommitRequest request, ServerCallContext context) =>
        AnswerFor(request.StateId, member => Commit(member, request));

    public override Task<Wire.HandleCommitResponse> HandlePendingCommit(Wire.HandlePendingCommitRequest request, ServerCallContext context) => AnswerFor(request.StateId, member =>
    {
        member.ApplyPending();
        return new Wire.HandleCommitResponse { StateId = request.StateId, EpochAuthenticator = Bytes(member.EpochAuthenticator) };
    });

    public override Task<Wire.HandleCommitResponse> HandleCommit(Wire.HandleCommitRequest request, ServerCallContext context) => AnswerFor(request.StateId, member =>
    {
        Handle(member, request, _ => { });
        return new Wire.HandleCommitResponse { StateId = request.StateId, EpochAuthenticator = Bytes(member.EpochAuthenticator) };
    });

    private static Wire.CommitResponse Commit(Member member, Wire.CommitRequest request)
    {
        var pending = member.Group.Commit(
            new CommitRequest
            {
                References = [.. request.ByReference.Select(proposal => member.Reference(Bytes(proposal)))],
                Proposals = [.. request.ByValue.Select(description => ProposalOf(description, member.Group.Public))],
                ForcePath = request.ForcePath,
                Framing = member.Framing,
                GroupInfo = new GroupInfoOptions { RatchetTree = !request.ExternalTree },
                FindPsk = member.Psks.Find,
            },
            Random);
        member.Pending = pending;
        return new Wire.CommitResponse
        {
            Commit = Encoded(pending.Commit),
            Welcome = Encoded(pending.Welcome),
            RatchetTree = Tree(request.ExternalTree, pending.Next.Public.Tree),
        };
    }

    /// <summary>Checks another member's commit, and then whatever the caller wants of the proposals in it, before it is applied.</summary>
    private static void Handle(Member member, Wire.HandleCommitRequest request, Action<ReInitProposal?> check)
    {
        foreach (var proposal in request.Proposal)
            member.Reference(Bytes(proposal));

        // A runner may hand the committer its own commit.
        var commit = Bytes(request.Commit);
        if (member.IsOwnCommit(commit))
        {
            check(member.Pending.Next.ReInit);
            member.ApplyPending();
            return;
        }
        using var staged = member.Group.Process(Tls.Decode<MlsMessage>(commit), new ProcessOptions { FindPsk = member.Psks.Find });
        if (staged.RemovesMe)
            throw Refused.NotNow($"{Mls.MlsError.Removed}: the commit removes this member");
        check(staged.Public.Proposals.Select(proposal => proposal.Proposal).OfType<ReInitProposal>().SingleOrDefault());
        member.Advance(member.Group.Merge(staged));
    }
}
