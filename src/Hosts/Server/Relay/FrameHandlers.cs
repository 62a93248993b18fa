using MediatR;
using Skytale.Channels;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Commands = Skytale.Application.Channels;

namespace Skytale.Server.Relay;

/// <summary>The control stream's frames to use cases and their outcomes back to frames: mapping, and nothing else.</summary>
internal sealed class FrameHandlers(IMediator mediator, Caller caller)
{
    /// <summary>Carries a frame out, or gives what it carries its place: then the answer comes later, and the next frame may be carried out before.</summary>
    /// <returns>The answer; null for a frame that has none.</returns>
    /// <exception cref="ProtocolException"><see cref="ErrorCode.UnexpectedFrame"/>: not a request of the control stream.</exception>
    public async Task<Task<AnswerFrame?>> HandleAsync(Frame frame, CancellationToken cancellationToken) => frame switch
    {
        SendMessage send => AnswerWhenStoredAsync(send, await mediator.Send(new Commands.SendMessage(caller, send.ChannelId, send.MessageId, send.Ciphertext), cancellationToken)),
        _ => Task.FromResult(await AnswerAsync(frame, cancellationToken)),
    };

    private async Task<AnswerFrame?> AnswerAsync(Frame frame, CancellationToken cancellationToken) => frame switch
    {
        SendCommit send => Answer(
            send,
            await mediator.Send(new Commands.SendCommit(caller, send.ChannelId, send.Commit, send.GroupInfo, send.Welcome?.Welcome), cancellationToken),
            sequence => new Accepted(send.RequestId, sequence)),
        AddMember add => Answer(
            add,
            await mediator.Send(new Commands.AddMember(caller, add.ChannelId, add.AgentId), cancellationToken),
            keyPackage => new MemberKeyPackage(add.RequestId, keyPackage)),
        UploadKeyPackage upload => Answer(
            upload,
            await mediator.Send(new Commands.UploadKeyPackage(caller, upload.KeyPackage), cancellationToken),
            available => new KeyPackageStored(upload.RequestId, available)),
        CreateChannel create => Answer(
            create,
            await mediator.Send(new Commands.CreateChannel(caller, create.Name, create.GroupInfo, create.Welcome), cancellationToken),
            created => new ChannelCreated(create.RequestId, created.ChannelId, created.Welcome)),
        Applied applied => Answer(
            applied,
            await mediator.Send(new Commands.ReportApplied(caller, applied.ChannelId, new Epoch(applied.Epoch), Opaque.Copy(applied.AuthenticatorHash.Span)), cancellationToken),
            sequence => new Accepted(applied.RequestId, sequence)),
        CommitRejected rejected => Answer(
            rejected,
            await mediator.Send(new Commands.RejectCommit(caller, rejected), cancellationToken),
            sequence => new Accepted(rejected.RequestId, sequence)),
        AskReAdding wish => Answer(
            wish,
            await mediator.Send(new Commands.RequestReAdding(caller, wish), cancellationToken),
            sequence => new Accepted(wish.RequestId, sequence)),
        SendLeave leave => Answer(
            leave,
            await mediator.Send(new Commands.SendLeave(caller, leave.ChannelId, leave.Proposal), cancellationToken),
            sequence => new Accepted(leave.RequestId, sequence)),
        GetGroupInfo get => Answer(
            get,
            await mediator.Send(new Commands.ReadGroupInfo(caller, get.ChannelId), cancellationToken),
            found => new CurrentGroupInfo(get.RequestId, found.Epoch.Value, found.GroupInfo)),
        SendJoinRequest join => Answer(
            join, await mediator.Send(new Commands.RequestToJoin(caller, join), cancellationToken), _ => new Done(join.RequestId)),
        WithdrawJoinRequest withdraw => Answer(
            withdraw, await mediator.Send(new Commands.WithdrawJoinRequest(caller, withdraw.ChannelId), cancellationToken), _ => new Done(withdraw.RequestId)),
        AnnounceInvitation announce => Answer(
            announce,
            await mediator.Send(new Commands.AnnounceInvitation(caller, announce.ChannelId, announce.Invitation, ExpiryOf(announce), announce.Uses), cancellationToken),
            _ => new Done(announce.RequestId)),
        WithdrawInvitation revoked => Answer(
            revoked, await mediator.Send(new Commands.WithdrawInvitation(caller, revoked.ChannelId, revoked.Invitation), cancellationToken), _ => new Done(revoked.RequestId)),
        AcknowledgeWelcome acknowledge => await AcknowledgeAsync(acknowledge, cancellationToken),
        _ => throw new ProtocolException(ErrorCode.UnexpectedFrame, $"{frame.Type} is not a request of the control stream."),
    };

    private static async Task<AnswerFrame?> AnswerWhenStoredAsync(SendMessage request, Result<Task<Result<Sequence>>> placed) =>
        Answer(request, placed.IsSuccess ? await placed.Value : placed.Refusal, sequence => new Accepted(request.RequestId, sequence));

    private async Task<AnswerFrame?> AcknowledgeAsync(AcknowledgeWelcome frame, CancellationToken cancellationToken)
    {
        await mediator.Send(new Commands.AcknowledgeWelcome(caller, frame.ChannelId, frame.Sequence), cancellationToken);
        return null;
    }

    private static DateTimeOffset ExpiryOf(AnnounceInvitation frame) =>
        DateTimeOffset.FromUnixTimeSeconds((long)Math.Min(frame.ExpiresAt, (ulong)DateTimeOffset.MaxValue.ToUnixTimeSeconds()));

    private static AnswerFrame Answer<T>(RequestFrame request, Result<T> outcome, Func<T, AnswerFrame> answer) =>
        outcome.IsSuccess ? answer(outcome.Value) : outcome.Refusal.ToFrame(request.RequestId);
}
