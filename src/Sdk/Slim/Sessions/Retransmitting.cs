using Skytale.Protocol.Envelopes;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>RTX_REQUEST and RTX_REPLY: who misses a message asks its sender for it.</summary>
internal sealed class Retransmitting(SessionState session, Receiving receiving)
{
    /// <summary>Messages that are asked for at once: a sender who counts wildly makes this agent busy, not the relay.</summary>
    public const int MaxAsked = 128;

    /// <summary>How often a participant is answered in <see cref="BudgetTime"/>: all that is kept, once.</summary>
    public const int Budget = SentMessages.Capacity;

    /// <summary>Within which a participant is given everything once.</summary>
    public static readonly TimeSpan BudgetTime = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _asking = new(MaxAsked);
    private readonly Dictionary<MemberKey, Answered> _answered = [];

    /// <summary>Asks until the message has come, by whatever way, or gives it up.</summary>
    public async Task FetchAsync(SlimName from, uint number)
    {
        try
        {
            for (var attempt = 0; attempt <= session.Terms.MaxRetries; attempt++)
            {
                await _asking.WaitAsync(session.Ended).ConfigureAwait(false);
                try
                {
                    if (!receiving.IsMissing(from, number))
                        return;
                    await session.PublishAsync(session.Outgoing.Note(from, SessionMessageType.RtxRequest, number), session.Ended).ConfigureAwait(false);
                    await Task.Delay(session.Terms.Interval, session.Agent.Time, session.Ended).ConfigureAwait(false);
                }
                finally
                {
                    _asking.Release();
                }
            }
            receiving.GiveUp(from, number);
        }
        catch (OperationCanceledException) when (session.Ended.IsCancellationRequested)
        {
            // Nothing is missed in a session that is over.
        }
    }

    /// <summary>Answers with the message, or with an error when it is not kept any more; not at all where somebody asks without end.</summary>
    public ValueTask AnswerAsync(Envelope request, CancellationToken cancellationToken)
    {
        var number = request.Session.MessageId;
        var kept = session.Sent.Find(number);
        if (!MayAnswer(MemberKey.Of(request.Source), kept?.Payload.Length ?? 0))
            return ValueTask.CompletedTask;
        var message = kept ?? new SentMessage(number, "", default, new Dictionary<string, string>());
        var reply = session.Outgoing.Data(request.Source, SessionMessageType.RtxReply, message, fanout: 1, session.Keys);
        return session.PublishAsync(kept is null ? reply with { IsError = true } : reply, cancellationToken);
    }

    private bool MayAnswer(MemberKey participant, int size)
    {
        var now = session.Agent.Time.GetUtcNow();
        foreach (var (other, answered) in _answered)
        {
            if (now - answered.Since >= BudgetTime)
                _answered.Remove(other);
        }
        var before = _answered.GetValueOrDefault(participant) ?? new Answered(now, 0, 0);
        if (before.Messages >= Budget || before.Bytes >= SentMessages.MaxBytes)
            return false;
        _answered[participant] = before with { Messages = before.Messages + 1, Bytes = before.Bytes + size };
        return true;
    }

    private sealed record Answered(DateTimeOffset Since, int Messages, long Bytes);
}
