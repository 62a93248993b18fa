using Skytale.Protocol;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>A message and the first reply to it.</summary>
internal sealed class Requesting(ChannelSession session)
{
    /// <exception cref="SkytaleException"><see cref="SkytaleError.NoReply"/> in time, or why the request was not sent.</exception>
    public async Task<Message> RequestAsync(ReadOnlyMemory<byte> content, RequestOptions options, CancellationToken cancellationToken)
    {
        var id = session.Sending.NewMessageId();
        var waiting = await session.LockedAsync(() => session.Replies.Expect(id, options.From), cancellationToken).ConfigureAwait(false);
        try
        {
            using var timeout = new CancellationTokenSource(options.Timeout, session.Context.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
            try
            {
                await session.Sending.SendAsync(id, content, new SendOptions { ContentType = options.ContentType }, either.Token).ConfigureAwait(false);
                await session.WaitWhileReadAsync(() => waiting.Reply is not null, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // It may have come in the last moment: that is looked at below, when nothing comes any more.
            }
            return await TakeAsync(id, waiting).ConfigureAwait(false)
                ?? throw new SkytaleException(SkytaleError.NoReply, $"No reply came in {session.Name} within {options.Timeout.TotalSeconds:0.###} s.", "See whether who is to answer is there; a reply that comes later is shown among the messages.");
        }
        catch
        {
            using var unwanted = await TakeAsync(id, waiting).ConfigureAwait(false);
            throw;
        }
    }

    private Task<Message?> TakeAsync(MessageId id, Replies.Waiting waiting) => session.LockedAsync(
        () =>
        {
            session.Replies.Forget(id);
            using var reply = waiting.Reply;
            waiting.Reply = null;
            // It was taken out of the order: there is nothing to acknowledge.
            return reply is null ? null : new Message(session, reply, redelivered: false, (_, _) => Task.CompletedTask);
        },
        CancellationToken.None);
}
