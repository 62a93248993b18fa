using MediatR;
using Skytale.Accounts;
using Skytale.Application.Delivery;
using Skytale.Channels;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.Application.Channels;

/// <summary>A member has entered an epoch by another's commit; answers with the place of the entry that tells it.</summary>
public sealed record ReportApplied(Caller Caller, ChannelId ChannelId, Epoch Epoch, Opaque AuthenticatorHash) : IRequest<Result<Sequence>>;

public sealed class ReportAppliedHandler(ActiveChannels channels, TimeProvider time) : IRequestHandler<ReportApplied, Result<Sequence>>
{
    public Task<Result<Sequence>> Handle(ReportApplied request, CancellationToken cancellationToken) => channels.UseAsync(
        request.Caller, Verb.Receive, request.ChannelId, channel => channel.NoteAsync(judged => judged.Applied(request.Caller.AgentId, request.Epoch, request.AuthenticatorHash, time.GetUtcNow())));
}
