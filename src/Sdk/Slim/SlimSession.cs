using System.Runtime.CompilerServices;
using Skytale.Protocol.Envelopes;
using Skytale.Sdk.Slim.Sessions;
using Skytale.SlimWire.Messages;

namespace Skytale.Sdk.Slim;

/// <summary>
/// A SLIM session that this agent takes part in: with one other participant, or a group. All members may be called
/// concurrently, but for reading, which has one reader.
/// </summary>
public sealed class SlimSession : IAsyncDisposable
{
    private static readonly TimeSpan TimeToWelcome = TimeSpan.FromMinutes(1);

    private readonly SessionState _state;
    private readonly Background _background;
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly Receiving _receiving;
    private readonly Retransmitting _retransmitting;
    private readonly Sending _sending;
    private readonly Membership _membership;
    private readonly Joining _joining;
    private readonly GroupUpdating _groupUpdating;
    private readonly Leaving _leaving;
    private readonly Heartbeats _heartbeats;
    private readonly ParticipantStates _participantStates;
    private readonly Rejoining _rejoining;
    private Action<SlimSession>? _onEntered;

    internal SlimSession(SessionState state, Action<SlimSession>? onEntered = null)
    {
        _state = state;
        _onEntered = onEntered;
        _background = new Background(state.Agent.Logger, state.Terms.Id, state.Ended);
        _receiving = new Receiving(state);
        _retransmitting = new Retransmitting(state, _receiving);
        _sending = new Sending(state);
        _membership = new Membership(state, _receiving);
        _joining = new Joining(state, _receiving);
        _groupUpdating = new GroupUpdating(state, _receiving);
        _leaving = new Leaving(state, _membership);
        _heartbeats = new Heartbeats(state);
        _participantStates = new ParticipantStates(state, _heartbeats);
        _rejoining = new Rejoining(state, _membership);
        _background.Run("saying that this agent is there", _ => _heartbeats.RunAsync(() => _leaving.EndAsync("nobody else was heard for a long time")));
        if (onEntered is not null)
            _background.Run("waiting for the welcome", ExpireAsync);
    }

    /// <summary>The session's number, chosen by who created it.</summary>
    public uint Id => _state.Terms.Id;

    /// <summary>True for a group, false for a session with one other.</summary>
    public bool IsGroup => _state.Terms.IsGroup;

    /// <summary>True: messages are acknowledged, sent again and put in order.</summary>
    public bool IsReliable => _state.Terms.Reliable;

    /// <summary>True: encrypted by MLS. False: whoever carries the messages can read them.</summary>
    public bool IsEncrypted => _state.Terms.Encrypted;

    /// <summary>True when this agent created the session, and so invites and removes.</summary>
    public bool IsModerator => _state.IsModerator;

    /// <summary>Where messages go: the group's channel, or the other participant.</summary>
    public SlimName Destination => _state.Data;

    /// <summary>What the one who created the session told of it.</summary>
    public IReadOnlyDictionary<string, string> Metadata => _state.Terms.Metadata;

    /// <summary>Everybody who takes part, this agent too.</summary>
    public IReadOnlyList<SlimName> Participants => [.. _state.Roster.All.Select(member => member.Name)];

    /// <summary>Completes with the reason when the session has ended.</summary>
    public Task<string> Closed => _state.Closed;

    /// <summary>Sends to everybody. In a reliable session done when all who are there have acknowledged; else when it is on its way.</summary>
    /// <param name="payload">Not to be changed until this is done.</param>
    /// <param name="payloadType">What it is.</param>
    /// <param name="metadata">Beside it; never encrypted.</param>
    /// <exception cref="SlimException"><see cref="SlimError.NoAnswer"/>, <see cref="SlimError.MessageTooLarge"/>, <see cref="SlimError.SessionClosed"/>.</exception>
    public Task SendAsync(
        ReadOnlyMemory<byte> payload, string payloadType = SlimMessage.DefaultPayloadType,
        IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
    {
        var checkedMetadata = Check(payload, payloadType, metadata);
        return _sending.SendAsync(payload, payloadType, checkedMetadata, cancellationToken);
    }

    /// <summary>Sends to one participant alone, out of the order of the other messages; with one other participant the same as <see cref="SendAsync"/>.</summary>
    /// <exception cref="SlimException">As with <see cref="SendAsync"/>, and <see cref="SlimError.NotAParticipant"/>.</exception>
    public Task SendToAsync(
        SlimName participant, ReadOnlyMemory<byte> payload, string payloadType = SlimMessage.DefaultPayloadType,
        IReadOnlyDictionary<string, string>? metadata = null, CancellationToken cancellationToken = default)
    {
        var checkedMetadata = Check(payload, payloadType, metadata);
        return IsGroup
            ? _sending.SendToAsync(participant, payload, payloadType, checkedMetadata, cancellationToken)
            : _sending.SendAsync(payload, payloadType, checkedMetadata, cancellationToken);
    }

    /// <summary>The next message.</summary>
    /// <exception cref="SlimException"><see cref="SlimError.SessionClosed"/>: the session has ended and everything is read.</exception>
    public async ValueTask<SlimMessage> ReceiveAsync(CancellationToken cancellationToken = default)
    {
        while (await _state.Inbox.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (_state.Inbox.Reader.TryRead(out var message))
                return _state.Read(message);
        }
        throw new SlimException(SlimError.SessionClosed, $"The session has ended: {await Closed.ConfigureAwait(false)}.");
    }

    /// <summary>Messages as they come, until the session has ended.</summary>
    public async IAsyncEnumerable<SlimMessage> ReceiveAllAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var message in _state.Inbox.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            yield return _state.Read(message);
    }

    /// <summary>Invites one instance of a name into the group.</summary>
    /// <returns>Its full name.</returns>
    /// <exception cref="SlimException"><see cref="SlimError.NotTheModerator"/>, <see cref="SlimError.AlreadyInvited"/>, <see cref="SlimError.NoAnswer"/>: it does not take part.</exception>
    public Task<SlimName> InviteAsync(string name, CancellationToken cancellationToken = default)
    {
        RequireModeratorOfGroup();
        return InviteAsync(SlimAgent.Parse(name), cancellationToken);
    }

    /// <summary>Removes a participant from the group.</summary>
    /// <exception cref="SlimException"><see cref="SlimError.NotTheModerator"/>, <see cref="SlimError.NotAParticipant"/>, <see cref="SlimError.NoAnswer"/>: it is removed, but not everybody has said to know.</exception>
    public async Task RemoveAsync(SlimName participant, CancellationToken cancellationToken = default)
    {
        RequireModeratorOfGroup();
        await OneChangeAtATimeAsync(
            () =>
            {
                var member = _state.Roster.Find(participant);
                return member is not null && MemberKey.Of(member.Name) != MemberKey.Of(_state.Own)
                    ? _membership.RemoveAsync(member, hasLeft: false, cancellationToken)
                    : throw new SlimException(SlimError.NotAParticipant, $"{participant} does not take part.");
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Leaves the session, or ends it for everybody where this agent created it. It is over here in any case.</summary>
    /// <exception cref="SlimException"><see cref="SlimError.NoAnswer"/>: not everybody has said to know.</exception>
    public Task CloseAsync(CancellationToken cancellationToken = default) =>
        Closed.IsCompleted ? Task.CompletedTask : _leaving.CloseAsync(cancellationToken);

    /// <summary>Ends the session here; the others are not told, as <see cref="CloseAsync"/> does.</summary>
    public async ValueTask DisposeAsync()
    {
        await _leaving.EndAsync("disposed").ConfigureAwait(false);
        await _background.WhenDoneAsync().ConfigureAwait(false);
        _state.Dispose();
    }

    /// <summary>The session is over here, with this reason.</summary>
    internal Task EndAsync(string why) => _leaving.EndAsync(why);

    internal async Task<SlimName> InviteAsync(SlimName name, CancellationToken cancellationToken)
    {
        SlimName? invited = null;
        await OneChangeAtATimeAsync(
            async () => invited = await new Inviting(_state, _receiving, _membership).InviteAsync(name, cancellationToken).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        return invited!;
    }

    /// <summary>True until the welcome has come.</summary>
    internal bool IsPending => Volatile.Read(ref _onEntered) is not null;

    /// <summary>The id of who invited this agent; null where it invites.</summary>
    internal SlimNameId? InviterId => _state.Moderator?.Id;

    /// <summary>True for the one who invited this agent.</summary>
    internal bool IsModeratedBy(SlimName name) => _state.Moderator is { } moderator && MemberKey.Of(moderator) == MemberKey.Of(name);

    internal bool Has(SlimName participant) => _state.Roster.Find(participant) is not null;

    /// <summary>True when this session listens, or listens still, to one of the channels of another.</summary>
    internal bool SharesChannels(SessionState other) => IsGroup && !_leaving.HasLeft && other.Terms.IsGroup && (IsChannel(other.Data) || IsChannel(other.Control));

    /// <summary>Takes one verified message of this session. One at a time.</summary>
    /// <exception cref="SlimException"><see cref="SlimError.ProtocolViolation"/>.</exception>
    /// <exception cref="Mls.MlsException">It does not open.</exception>
    internal async Task HandleAsync(Envelope envelope, SlimPeer from, CancellationToken cancellationToken)
    {
        var number = envelope.Session.MessageId;
        var type = Command.TypeOf(envelope);
        var isMember = Has(envelope.Source);
        var isFromModerator = IsModeratedBy(envelope.Source);
        if (!IsForHere(envelope.Destination))
            throw new SlimException(SlimError.ProtocolViolation, $"{type} of {envelope.Source} is for {envelope.Destination}.");
        if (isMember)
            _heartbeats.Heard(envelope);

        switch (type)
        {
            case SessionMessageType.Msg or SessionMessageType.RtxReply when isMember:
                foreach (var missing in await _receiving.TakeAsync(envelope, from, cancellationToken).ConfigureAwait(false))
                    _background.Run("asking for a missing message", _ => _retransmitting.FetchAsync(envelope.Source, missing));
                break;
            case SessionMessageType.MsgAck:
                _state.Requests.Answer(new RequestKey(type, number), envelope);
                break;
            case SessionMessageType.RtxRequest when isMember:
                // Who asks for a message takes care of having it.
                _state.Requests.Answer(new RequestKey(SessionMessageType.MsgAck, number), envelope);
                await _retransmitting.AnswerAsync(envelope, cancellationToken).ConfigureAwait(false);
                break;
            case SessionMessageType.DiscoveryReply or SessionMessageType.JoinReply or SessionMessageType.LeaveReply or SessionMessageType.GroupAck:
                _state.Requests.Answer(new RequestKey(type, number), envelope);
                break;
            case SessionMessageType.JoinRequest when isFromModerator:
                await _state.PublishAsync(_joining.Answer(envelope), cancellationToken).ConfigureAwait(false);
                break;
            case SessionMessageType.GroupWelcome when isFromModerator:
                await EnterAsync(envelope, from, cancellationToken).ConfigureAwait(false);
                break;
            case SessionMessageType.GroupUpdate when isFromModerator && IsGroup && !IsPending:
                await _state.PublishAsync(_groupUpdating.Take(envelope), cancellationToken).ConfigureAwait(false);
                break;
            case SessionMessageType.RejoinReply when isFromModerator && IsEncrypted && !IsPending:
                await _state.PublishAsync(_rejoining.Enter(envelope, from), cancellationToken).ConfigureAwait(false);
                break;
            case SessionMessageType.RejoinRequest when isMember && IsModerator && IsGroup && IsEncrypted:
                if (_rejoining.MayBegin(envelope.Source))
                    _background.Run("taking a participant in again", ended => OneChangeAtATimeAsync(() => _rejoining.ReadmitAsync(envelope, from, ended), ended));
                break;
            case SessionMessageType.LeaveRequest or SessionMessageType.GroupClose when isFromModerator:
                await _leaving.GoAsync(envelope, cancellationToken).ConfigureAwait(false);
                break;
            case SessionMessageType.LeaveRequest when IsModerator && Leaving.IsBySelf(envelope):
                if (await _leaving.LetGoAsync(envelope, cancellationToken).ConfigureAwait(false) is { } tellOthers)
                    _background.Run("removing a participant that left", ended => OneChangeAtATimeAsync(() => tellOthers(ended), ended));
                break;
            case SessionMessageType.UpdateParticipantState when isMember:
                await _state.PublishAsync(_participantStates.Take(envelope), cancellationToken).ConfigureAwait(false);
                break;
            case SessionMessageType.Heartbeat when isMember:
                // Others may say what they like; the moderator makes the epochs.
                if (isFromModerator && IsGroup && _rejoining.IsDue(Heartbeats.EpochOf(envelope)))
                    _background.Run("rejoining", _rejoining.AskAsync);
                break;
            default:
                throw new SlimException(SlimError.ProtocolViolation, $"{type} of {envelope.Source} is not for this agent.");
        }
    }

    /// <summary>To this agent by its name, whole or as anybody's, or to all by a channel.</summary>
    private bool IsForHere(SlimName destination)
    {
        var (own, key) = (MemberKey.Of(_state.Own), MemberKey.Of(destination));
        return key == own || key == own.AnyId || (IsGroup && IsChannel(destination));
    }

    private bool IsChannel(SlimName name) => MemberKey.Of(name) is var key && (key == MemberKey.Of(_state.Data) || key == MemberKey.Of(_state.Control));

    private async Task EnterAsync(Envelope welcome, SlimPeer from, CancellationToken cancellationToken)
    {
        try
        {
            var entered = await _joining.EnterAsync(welcome, from, cancellationToken).ConfigureAwait(false);
            await _state.PublishAsync(entered, cancellationToken).ConfigureAwait(false);
        }
        catch (SlimException e) when (e.Error == SlimError.Refused)
        {
            await _leaving.EndAsync("its channels cannot be subscribed").ConfigureAwait(false);
            throw;
        }
        Interlocked.Exchange(ref _onEntered, null)?.Invoke(this);
    }

    /// <summary>An invitation that nobody completes does not stay.</summary>
    private async Task ExpireAsync(CancellationToken ended)
    {
        await Task.Delay(TimeToWelcome, _state.Agent.Time, ended).ConfigureAwait(false);
        if (IsPending)
            await _leaving.EndAsync("no welcome came").ConfigureAwait(false);
    }

    private async Task OneChangeAtATimeAsync(Func<Task> change, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _state.ThrowIfEnded();
            await change().ConfigureAwait(false);
        }
        finally
        {
            _changing.Release();
        }
    }

    private void RequireModeratorOfGroup()
    {
        if (!IsModerator || !IsGroup)
            throw new SlimException(SlimError.NotTheModerator, IsGroup ? "Only the one who created the group invites and removes." : "A session with one other has no more participants.");
    }

    private static IReadOnlyDictionary<string, string> Check(ReadOnlyMemory<byte> payload, string payloadType, IReadOnlyDictionary<string, string>? metadata)
    {
        var beside = metadata ?? new Dictionary<string, string>();
        if (payload.Length > SlimMessage.MaxSize)
            throw new SlimException(SlimError.MessageTooLarge, $"A message has at most {SlimMessage.MaxSize} bytes; this one has {payload.Length}.");
        if (payloadType.Length > EnvelopeLimits.Word)
            throw new SlimException(SlimError.MessageTooLarge, $"The payload's type has at most {EnvelopeLimits.Word} characters; this one has {payloadType.Length}.");
        if (beside.Count >= EnvelopeLimits.Pairs || beside.Sum(pair => pair.Key.Length + pair.Value.Length) > SlimMessage.MaxMetadata)
            throw new SlimException(SlimError.MessageTooLarge, $"The metadata has at most {SlimMessage.MaxMetadata} characters in less than {EnvelopeLimits.Pairs} pairs.");
        if (beside.ContainsKey(Sending.ToOneKey))
            throw new SlimException(SlimError.InvalidArgument, $"{Sending.ToOneKey} is SLIM's own word in metadata.");
        return beside;
    }
}
