using MediatR;
using Skytale.Accounts;
using Skytale.Application.Delivery;
using Skytale.Channels;
using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Application.Channels;

/// <summary>A commit fails at a member; answers with the place of the entry that voids it, or of the report by which it stands.</summary>
public sealed record RejectCommit(Caller Caller, CommitRejected Rejection) : IRequest<Result<Sequence>>;

public sealed class RejectCommitHandler(ActiveChannels channels, JoinRequests requests, TimeProvider time) : IRequestHandler<RejectCommit, Result<Sequence>>
{
    public Task<Result<Sequence>> Handle(RejectCommit request, CancellationToken cancellationToken) => channels.UseAsync(
        request.Caller, Verb.Receive, request.Rejection.ChannelId,
        async channel =>
        {
            var before = await channel.FindBeforeAsync(request.Rejection.CommitHash);
            var noted = await channel.NoteAsync(judged => judged.Reject(request.Caller.AgentId, request.Rejection, before, time.GetUtcNow()));
            requests.GoBack(channel.Id, channel.Look(judged => judged.Epoch));
            return noted;
        });
}
