using System.Collections.Concurrent;
using Skytale.Agent.Channels;
using Skytale.Agent.Invitations;
using Skytale.Mls;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;
using Skytale.RelayLink;
using Skytale.Sdk;

namespace Skytale.Agent;

// Entering channels: by Welcomes as they come, and by invitations, which wait in the store and go on with each connection and run.
public sealed partial class AgentRuntime
{
    private readonly ConcurrentDictionary<ChannelId, JoinAttempt> _joins = new();

    /// <summary>Joins the channel of an invitation; waits until a member has admitted this agent, however long that takes.</summary>
    /// <exception cref="SkytaleException">Why it cannot.</exception>
    public async Task<SkytaleChannel> JoinAsync(Invitation invitation, IProgress<JoinProgress>? progress, CancellationToken cancellationToken)
    {
        progress?.Report(new JoinProgress(JoinStep.Connecting, "waiting for the connection to the relay"));
        await CheckAsync(invitation, cancellationToken).ConfigureAwait(false);
        var attempt = Begin(invitation);
        using var watching = attempt.Watch(progress);
        return await attempt.Done.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Waits no longer to join a channel, and forgets the invitation; a member may have acted on it already.</summary>
    /// <returns>False where this agent did not wait for it.</returns>
    public async Task<bool> CancelJoinAsync(ChannelId channel, CancellationToken cancellationToken)
    {
        if (!_joins.TryRemove(channel, out var attempt))
            return false;
        await attempt.WithdrawAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task CheckAsync(Invitation invitation, CancellationToken cancellationToken)
    {
        if (invitation.For is { } invited && invited != Id)
            throw new SkytaleException(SkytaleError.InvalidArgument, $"The invitation is for {invited}, and this agent is {Id}.", "Ask the inviter for another.");
        if (invitation.ExpiresAt <= _context.Time.GetUtcNow())
            throw new SkytaleException(SkytaleError.Refused, $"The invitation has expired at {invitation.ExpiresAt:u}.", "Ask the inviter for another.", ErrorCode.InvitationOver);
        string relay;
        try
        {
            relay = (await _context.Link.ConnectionAsync(cancellationToken).ConfigureAwait(false)).Relay;
        }
        catch (TransportException e)
        {
            throw e.ToSkytale();
        }
        // Nothing is sent to a relay that only an invitation names: least of all a token.
        if (relay != invitation.Relay)
            throw new SkytaleException(SkytaleError.InvalidArgument, $"The invitation is to a channel at the relay {invitation.Relay}, and this agent is connected to {relay}.", "Join as an agent of that service.");
    }

    private JoinAttempt Begin(Invitation invitation)
    {
        lock (_gate)
        {
            if (_channels.TryGetValue(invitation.Channel, out var channel) && !channel.Session.IsRemoved)
                throw new SkytaleException(SkytaleError.AlreadyExists, $"This agent is in {channel.Name} already.", "");
            if (_joins.TryGetValue(invitation.Channel, out var before))
            {
                if (before.Invitation == invitation.Id)
                    return before;
                before.Replace();
            }
            var attempt = JoinAttempt.Begin(_context, invitation);
            Take(attempt);
            return attempt;
        }
    }

    private async Task TakeWelcomeAsync(DeliverWelcome welcome, RelayConnection connection, CancellationToken ended)
    {
        await _entering.WaitAsync(ended).ConfigureAwait(false);
        try
        {
            // A Welcome behind the one that was entered by: this agent was removed in between, whether it saw that or not.
            var channel = _channels.GetValueOrDefault(welcome.ChannelId);
            var known = channel?.Session;
            if (known is null || known.JoinedAt < welcome.Sequence)
                await EnterAsync(welcome, channel, ended).ConfigureAwait(false);
        }
        catch (SkytaleException e)
        {
            // The relay keeps what is not acknowledged for the next connection.
            AgentLog.WelcomeNotStored(_context.Logger, welcome.ChannelId.ToString(), e.Message);
            return;
        }
        catch (MlsException e)
        {
            AgentLog.WelcomeRefused(_context.Logger, welcome.ChannelId.ToString(), e.Message);
        }
        finally
        {
            _entering.Release();
        }
        await connection.SendAsync(new AcknowledgeWelcome(welcome.ChannelId, welcome.Sequence), ended).ConfigureAwait(false);
        await TopUpAgainAsync(ended).ConfigureAwait(false);
    }

    /// <summary>A channel that stands still goes on as itself; in the place of any other, and of none, stands a new one.</summary>
    private async Task EnterAsync(DeliverWelcome welcome, SkytaleChannel? channel, CancellationToken ended)
    {
        var joining = new Joining(_context);
        if (channel?.Session is not { IsRemoved: false, Trouble.IsOver: false } waiting)
        {
            Complete(Enter(await joining.EnterAsync(welcome, channel?.Session, ended).ConfigureAwait(false)));
            return;
        }
        await joining.EnterAgainAsync(welcome, waiting, ended).ConfigureAwait(false);
        lock (_gate)
        {
            if (_live is { } live)
                live.Receiving.Add(ReceiveAsync(channel, live.Connection, live.Ended));
        }
    }

    private void RestoreJoins()
    {
        foreach (var stored in _context.Store.ReadJoins())
        {
            using (stored)
                Take(JoinAttempt.Restore(_context, stored));
        }
    }

    private void Take(JoinAttempt attempt)
    {
        attempt.Over = () => _joins.TryRemove(KeyValuePair.Create(attempt.Channel, attempt));
        _joins[attempt.Channel] = attempt;
        if (_live is { } live)
            live.Receiving.Add(attempt.RunAsync(live.Ended));
    }

    /// <summary>This agent has entered a channel: by the invitation, where it waited by one.</summary>
    private void Complete(SkytaleChannel channel)
    {
        if (_joins.TryRemove(channel.Id, out var attempt))
            attempt.Complete(channel);
    }
}
