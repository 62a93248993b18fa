using System.Runtime.CompilerServices;
using System.Text;
using Skytale.Agent;
using Skytale.Agent.Channels;
using Skytale.Agent.Invitations;
using Skytale.Groups;
using Skytale.Groups.Roles;
using Skytale.Mls.Crypto;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;
using Skytale.RelayLink;

namespace Skytale.Sdk;

/// <summary>A channel that this agent is a member of. All members may be called concurrently.</summary>
public sealed class SkytaleChannel
{
    private readonly ChannelSession _session;
    private readonly Committing _committing;
    private readonly Showing _showing;
    private readonly Inviting _inviting;
    private readonly Rotating _rotating;
    private readonly Leaving _leaving;

    internal SkytaleChannel(ChannelSession session)
    {
        _session = session;
        _committing = new Committing(session);
        _showing = new Showing(session);
        _inviting = new Inviting(session);
        _rotating = new Rotating(session, _committing);
        _leaving = new Leaving(session);
        Receiving = new Receiving(session);
        session.Missed = missed => MessagesMissed?.Invoke(this, missed);
        session.Happened = happened => Happened?.Invoke(this, happened);
        session.Rejected = rejected => MessageRejected?.Invoke(this, rejected);
    }

    /// <summary>An entry that could not be read was passed over: damaged, repeated or forged.</summary>
    public event EventHandler<RejectedMessage>? MessageRejected;

    /// <summary>Messages that this agent has not had are no longer at the relay; it goes on behind them.</summary>
    public event EventHandler<MessagesMissed>? MessagesMissed;

    /// <summary>
    /// Something befell the channel as a whole: a <see cref="Fork"/>, an <see cref="EpochVoided"/>, <see cref="MessagesVoided"/>,
    /// a <see cref="CommitAltered"/>, <see cref="ReAddingAsked"/>, <see cref="MemberJoined"/>, <see cref="MemberRemoved"/>, <see cref="MemberLeft"/>,
    /// <see cref="LeavingRefused"/> or <see cref="PolicyChanged"/>. What a restart follows again it tells again. Called while the channel is held: it must not wait for the channel.
    /// </summary>
    public event EventHandler<ChannelEvent>? Happened;

    /// <summary>The channel's name, org/namespace/service.</summary>
    public ChannelName Name => _session.Name;

    /// <summary>The channel's id: its MLS group_id.</summary>
    public ChannelId Id => _session.Id;

    /// <summary>The newest epoch that this agent knows (RFC 9420 §8).</summary>
    public ulong Epoch => _session.Head.Epoch.Value;

    /// <summary>The members in the newest epoch that this agent knows, this agent included.</summary>
    public IReadOnlyList<AgentId> Members => [.. _session.Head.Group.Public.Members.Select(member => AgentLeaf.Named(member.Leaf.Credential)!.Value)];

    /// <summary>
    /// The messages of the other members, in the channel's order, from the first that this agent has not acknowledged.
    /// Moving on acknowledges the message before; the caller disposes each. One enumeration at a time; it ends when this
    /// agent is removed, or has left, and no member has the commit voided that did it.
    /// </summary>
    /// <exception cref="SkytaleException">While enumerating: the channel cannot go on.</exception>
    public IAsyncEnumerable<Message> Messages => AgentTelemetry.ShownAsync(_showing.EnumerateAsync());

    internal Receiving Receiving { get; }

    internal ChannelSession Session => _session;

    private ChannelPolicy? Policy => ChannelPolicy.In(_session.Head.Group.Public.Context.Extensions);

    /// <summary>Encrypts and sends; returns when the relay has accepted the message.</summary>
    /// <param name="content">
    /// At most 64 MiB, not to be changed before this returns; above 921,600 bytes it goes in parts, and its place is that of the
    /// last. The relay sees the size as far as <see cref="MessagePadding"/> says.
    /// </param>
    /// <param name="options">Content type and what the message answers; null: neither.</param>
    /// <exception cref="SkytaleException">Why it was not sent.</exception>
    public Task<SentMessage> SendAsync(ReadOnlyMemory<byte> content, SendOptions? options = null, CancellationToken cancellationToken = default) =>
        _session.Sending.SendAsync(content, options ?? new SendOptions(), cancellationToken);

    /// <summary>
    /// As <see cref="SendAsync(ReadOnlyMemory{byte}, SendOptions?, CancellationToken)"/>, with bytes that are copied before this returns: the
    /// caller may use them for something else at once. The copy is zeroed when the message was sent or will not be.
    /// </summary>
    /// <param name="content">At most 64 MiB.</param>
    /// <param name="options">Content type and what the message answers; null: neither.</param>
    /// <param name="cancellationToken">Gives up: the message may have been sent.</param>
    /// <exception cref="SkytaleException">Why it was not sent.</exception>
    [OverloadResolutionPriority(-1)] // An array stays what it was before there were spans here: memory, and not copied.
    public Task<SentMessage> SendAsync(ReadOnlySpan<byte> content, SendOptions? options = null, CancellationToken cancellationToken = default) =>
        _session.Sending.SendAsync(content, options ?? new SendOptions(), cancellationToken);

    /// <summary>Sends a text as UTF-8.</summary>
    /// <exception cref="SkytaleException">Why it was not sent.</exception>
    public Task<SentMessage> SendAsync(string text, SendOptions? options = null, CancellationToken cancellationToken = default) =>
        _session.Sending.SendTextAsync(text, options ?? new SendOptions(), cancellationToken);

    /// <inheritdoc cref="SendAsync(ReadOnlyMemory{byte}, SendOptions?, CancellationToken)"/>
    public Task<SentMessage> SendAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => SendAsync(content, null, cancellationToken);

    /// <inheritdoc cref="SendAsync(ReadOnlySpan{byte}, SendOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(-1)]
    public Task<SentMessage> SendAsync(ReadOnlySpan<byte> content, CancellationToken cancellationToken) => SendAsync(content, null, cancellationToken);

    /// <inheritdoc cref="SendAsync(string, SendOptions?, CancellationToken)"/>
    public Task<SentMessage> SendAsync(string text, CancellationToken cancellationToken) => SendAsync(text, null, cancellationToken);

    /// <summary>
    /// Sends a message and waits for the first reply to it (<see cref="Message.ReplyAsync(string, string, CancellationToken)"/>). The reply
    /// comes here when it arrives, whether anybody enumerates <see cref="Messages"/> or not, ahead of unread messages, and is not shown there; a
    /// second reply, or one that comes too late or after a restart, is shown there as any message. The caller disposes it.
    /// </summary>
    /// <param name="content">As for sending.</param>
    /// <param name="options">How long to wait (30 seconds unless told), and for whose reply.</param>
    /// <exception cref="SkytaleException"><see cref="SkytaleError.NoReply"/>, or why the request was not sent.</exception>
    public Task<Message> RequestAsync(ReadOnlyMemory<byte> content, RequestOptions? options = null, CancellationToken cancellationToken = default) =>
        new Requesting(_session).RequestAsync(content, options ?? new RequestOptions(), cancellationToken);

    /// <summary>The same with bytes that are copied before this returns, as <see cref="SendAsync(ReadOnlySpan{byte}, SendOptions?, CancellationToken)"/> does.</summary>
    /// <param name="content">At most 64 MiB.</param>
    /// <param name="options">How long to wait (30 seconds unless told), and for whose reply.</param>
    /// <param name="cancellationToken">Gives up: the request may have been sent.</param>
    /// <exception cref="SkytaleException"><see cref="SkytaleError.NoReply"/>, or why the request was not sent.</exception>
    [OverloadResolutionPriority(-1)]
    public Task<Message> RequestAsync(ReadOnlySpan<byte> content, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        Sending.Check(content.Length, new SendOptions { ContentType = options?.ContentType ?? "" });
        return RequestTakenAsync(Secret.Copy(content), options, cancellationToken);
    }

    /// <summary>The same with a text as UTF-8.</summary>
    /// <exception cref="SkytaleException"><see cref="SkytaleError.NoReply"/>, or why the request was not sent.</exception>
    public Task<Message> RequestAsync(string text, RequestOptions? options = null, CancellationToken cancellationToken = default)
    {
        var content = Secret.Zero(Encoding.UTF8.GetByteCount(text));
        Encoding.UTF8.GetBytes(text, content.Writable);
        return RequestTakenAsync(content, options, cancellationToken);
    }

    private async Task<Message> RequestTakenAsync(Secret content, RequestOptions? options, CancellationToken cancellationToken)
    {
        using (content)
            return await RequestAsync(content.Memory, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Adds an agent; it must have connected to the relay before. Returns when this agent is in the new epoch.</summary>
    /// <param name="agent">An id that came from a person or a pin, not from the service.</param>
    /// <exception cref="SkytaleException">Why it was not added.</exception>
    public Task AddMemberAsync(AgentId agent, CancellationToken cancellationToken = default) => _committing.AddMemberAsync(agent, cancellationToken);

    /// <summary>
    /// Makes an invitation: whoever has its text may join, or the agent that it names, as soon as any member is connected. Its secret
    /// is in its text alone; the service never sees it.
    /// </summary>
    /// <param name="options">Null: one use, within 24 hours, by whoever has the text.</param>
    /// <exception cref="SkytaleException">Also <see cref="SkytaleError.Refused"/>: 64 invitations may still be used, or the token's scopes do not have <c>manage</c>.</exception>
    public Task<Invitation> InviteAsync(InvitationOptions? options = null, CancellationToken cancellationToken = default) =>
        _inviting.InviteAsync(options ?? new InvitationOptions(), cancellationToken);

    /// <summary>Ends an invitation: no member that has received this honours it. Whoever joined by it stays.</summary>
    /// <exception cref="SkytaleException">Why it may be honoured still.</exception>
    public Task RevokeInvitationAsync(InvitationId invitation, CancellationToken cancellationToken = default) => _inviting.RevokeAsync(invitation, cancellationToken);

    /// <summary>The invitations that may still be used, as far as this member knows, by the time they end.</summary>
    public IReadOnlyList<InvitationInfo> Invitations => _inviting.List();

    /// <summary>
    /// Sixty digits in groups of five that stand for this channel and all its members' identities, to be compared by another
    /// way, such as by voice: where they are equal, nobody is a member under another's name. See <see cref="Groups.SafetyNumber"/>.
    /// </summary>
    public string SafetyNumber => Groups.SafetyNumber.Compute(Id, Members);

    /// <summary>Which role it takes to add and to remove agents; in a channel without roles every member does both.</summary>
    public ChannelPermissions Permissions => Policy?.Permissions ?? new ChannelPermissions(ChannelRole.Member, ChannelRole.Member);

    /// <summary>An agent's role in the newest epoch that this agent knows; one that is no member, and never had a role, is <see cref="ChannelRole.Member"/>.</summary>
    public ChannelRole RoleOf(AgentId agent) => Policy?.RoleOf(agent) ?? ChannelRole.Member;

    /// <summary>Gives an agent another role, which owners may. It holds for the agent's key, also when it is removed and added again.</summary>
    /// <exception cref="SkytaleException">Also <see cref="SkytaleError.Refused"/>: this agent is no owner, or no owner would be left.</exception>
    public Task SetRoleAsync(AgentId agent, ChannelRole role, CancellationToken cancellationToken = default) =>
        _committing.ChangePolicyAsync(policy => policy.With(agent, role), cancellationToken);

    /// <summary>Changes which role it takes to add and to remove agents, which owners may.</summary>
    /// <exception cref="SkytaleException">Also <see cref="SkytaleError.Refused"/>: this agent is no owner.</exception>
    public Task SetPermissionsAsync(ChannelPermissions permissions, CancellationToken cancellationToken = default) =>
        _committing.ChangePolicyAsync(policy => policy.With(permissions), cancellationToken);

    /// <summary>Removes an agent: it can read nothing that is sent from then on.</summary>
    /// <exception cref="SkytaleException">Why it was not removed.</exception>
    public Task RemoveMemberAsync(AgentId agent, CancellationToken cancellationToken = default) => _committing.RemoveMemberAsync(agent, cancellationToken);

    /// <summary>
    /// Leaves the channel: this agent sends nothing from now on, and reads what is sent until another member's commit takes it out; then
    /// this returns. A caller that waits no longer takes nothing back, nor does a restart. Whoever is alone is out at once, and the
    /// channel is without members for ever. The only owner leaves when another member is owner, or when it is alone.
    /// </summary>
    /// <exception cref="SkytaleException">
    /// <see cref="SkytaleError.Refused"/>: this agent may not leave; <see cref="SkytaleError.UnreadMessages"/>: the messages are to be read first, it is leaving.
    /// </exception>
    public Task LeaveAsync(CancellationToken cancellationToken = default) => _leaving.LeaveAsync(cancellationToken);

    /// <summary>How this agent stands in the channel, as far as it knows.</summary>
    public ChannelStanding Standing => _session switch
    {
        { Failure: not null } => ChannelStanding.Broken,
        { IsRemoved: true } => _session.IsOutByItself ? ChannelStanding.Left : ChannelStanding.Removed,
        { IsLeaving: true } => ChannelStanding.Leaving,
        { Trouble.IsOver: false } => ChannelStanding.Waiting,
        _ => ChannelStanding.Member,
    };

    /// <summary>Gives this agent new keys in the channel: what was stolen of it before opens nothing that is sent from then on.</summary>
    /// <exception cref="SkytaleException">Why it has the old ones still.</exception>
    public Task UpdateKeysAsync(CancellationToken cancellationToken = default) => _committing.UpdateKeysAsync(cancellationToken);

    /// <summary>
    /// Waits until every commit was followed that the relay had when this agent connected: <see cref="Members"/> and
    /// <see cref="Epoch"/> are then of that moment or later. It does not wait for messages to be read that fill the inbox.
    /// </summary>
    /// <exception cref="SkytaleException">The channel cannot go on.</exception>
    public Task CatchUpAsync(CancellationToken cancellationToken = default) =>
        _session.WaitAsync(() => _session.IsCaughtUp || _session.Inbox.IsBlocked, cancellationToken);

    /// <summary>What the relay holds of the channel for this member, from the beginning up to now: ciphertext and commits.</summary>
    /// <exception cref="SkytaleException">The relay refuses or is gone.</exception>
    public async IAsyncEnumerable<RawEntry> ReadRawAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var opened = await SubscribeAsync(cancellationToken).ConfigureAwait(false);
        await using var delivery = (opened.IsSuccess ? opened.Value : throw opened.Refusal.ToException()).ConfigureAwait(false);
        for (var read = Sequence.Start; read < opened.Value.Last;)
        {
            Frame? frame;
            try
            {
                frame = await opened.Value.NextAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is TransportException or ProtocolException)
            {
                throw e.ToSkytale();
            }
            if (frame is Gap gap)
            {
                read = gap.Through;
                continue;
            }
            if (frame is DeliverJoinRequest)
                continue; // No entry of the order.
            var entry = frame switch
            {
                DeliverMessage message => new RawEntry(message.Sequence, "message", message.Ciphertext),
                DeliverCommit commit => new RawEntry(commit.Sequence, "commit", commit.Commit),
                DeliverApplied applied => new RawEntry(applied.Sequence, "applied", applied.AuthenticatorHash),
                CommitVoided voided => new RawEntry(voided.Sequence, "voided", voided.CommitHash),
                DeliverReAdding wish => new RawEntry(wish.Sequence, "re-adding", wish.KeyPackage),
                DeliverLeave leave => new RawEntry(leave.Sequence, "leave", leave.Proposal),
                _ => null,
            };
            if (entry is null)
                yield break;
            read = entry.Sequence;
            yield return entry;
        }
    }

    private async Task<Result<Delivery>> SubscribeAsync(CancellationToken cancellationToken)
    {
        try
        {
            var connection = await _session.Context.Link.ConnectionAsync(cancellationToken).ConfigureAwait(false);
            return await connection.SubscribeAsync(Id, Sequence.Start, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is TransportException or ProtocolException)
        {
            throw e.ToSkytale();
        }
    }

    /// <summary>Name and epoch.</summary>
    public override string ToString() => $"{Name} (epoch {Epoch})";

    /// <summary>Sends what a restart left pending; tells of invitations and renews keys as long as the connection lives; when the log has been read to its end.</summary>
    internal async Task ResumeAsync(CancellationToken cancellationToken)
    {
        await _committing.ResumeAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(_inviting.RunAsync(cancellationToken), _rotating.RunAsync(cancellationToken)).ConfigureAwait(false);
    }
}
