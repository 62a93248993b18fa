using Skytale.Protocol.Envelopes;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>RTX_REQUEST and RTX_REPLY: who misses a message asks its sender for it.</summary>
internal sealed class Retransmitting(SessionState session, Receiving receiving)
{
    /// <summary>Asks until the message has come, by whatever way, or gives it up.</summary>
    public async Task FetchAsync(SlimName from, uint number)
    {
        try
        {
            for (var attempt = 0; attempt <= session.Terms.MaxRetries; attempt++)
            {
                if (!receiving.IsMissing(from, number))
                    return;
                await session.Agent.Link.PublishAsync(session.Outgoing.Note(from, SessionMessageType.RtxRequest, number), session.Ended).ConfigureAwait(false);
                await Task.Delay(session.Terms.Interval, session.Agent.Time, session.Ended).ConfigureAwait(false);
            }
            receiving.GiveUp(from, number);
        }
        catch (OperationCanceledException) when (session.Ended.IsCancellationRequested)
        {
            // Nothing is missed in a session that is over.
        }
    }

    /// <summary>Answers with the message, or with an error when it is not kept any more.</summary>
    public ValueTask AnswerAsync(Envelope request, CancellationToken cancellationToken)
    {
        var number = request.Session.MessageId;
        var kept = session.Sent.Find(number);
        var message = kept ?? new SentMessage(number, "", default, new Dictionary<string, string>());
        var reply = session.Outgoing.Data(request.Source, SessionMessageType.RtxReply, message, fanout: 1, session.Keys);
        return session.Agent.Link.PublishAsync(kept is null ? reply with { IsError = true } : reply, cancellationToken);
    }
}
