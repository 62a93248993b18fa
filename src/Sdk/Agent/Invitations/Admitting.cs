using Skytale.Agent.Channels;
using Skytale.Groups.Invitations;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.Proposals;
using Skytale.Sdk;

namespace Skytale.Agent.Invitations;

/// <summary>
/// Adds agents that ask for it by an invitation. Every member could; the lowest leaf that is there does it at once, the others
/// wait by the order of their leaves. What an invitation allows is judged right before each commit, also after a lost race.
/// </summary>
internal sealed class Admitting(ChannelSession session)
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(6);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly Committing _committing = new(session);
    private readonly LeafTurn _turn = new(session, Step, Longest);

    /// <summary>Runs while one connection lives and the channel is this agent's.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await session.WaitAsync(() => session.Trouble.IsOver && session.Joiners.Next() is not null, cancellationToken).ConfigureAwait(false);
                await _turn.WaitAsync(() => session.Joiners.Next() is null, last: [], cancellationToken).ConfigureAwait(false);
                if (await session.LockedAsync(session.Joiners.Next, cancellationToken).ConfigureAwait(false) is { } joiner)
                    await AdmitAsync(joiner, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // The connection is gone: what waits at the relay is delivered on the next.
        }
        catch (SkytaleException)
        {
            // The channel has ended for this agent; whoever waits in it is told why.
        }
    }

    /// <summary>Commits the addition, unless the invitation does not allow it any more.</summary>
    internal async Task AdmitAsync(Joiner joiner, CancellationToken cancellationToken)
    {
        try
        {
            await _committing.AdmitAsync(joiner.Agent, () => RequestFor(joiner), cancellationToken).ConfigureAwait(false);
            AgentLog.Admitted(session.Context.Logger, session.Id.ToString(), joiner.Invitation.ToString());
        }
        catch (SkytaleException e) when (e.Error is SkytaleError.UnreadMessages or SkytaleError.ConnectionLost)
        {
            // What was sent may stand already: the channel shows it, a little later.
            await Task.Delay(Pause, session.Context.Time, cancellationToken).ConfigureAwait(false);
        }
        catch (SkytaleException e) when (e.Error is SkytaleError.Refused)
        {
            // It may be somebody whom nobody can add; who was only unlucky asks again.
            await session.LockedAsync(() => session.Joiners.Drop(joiner, e.Message), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The commit that adds the joiner to the epoch that is now; null where that is not allowed any more. Under the gate.</summary>
    private CommitRequest? RequestFor(Joiner joiner)
    {
        if (session.Joiners.Next() != joiner || session.Invitations.Find(joiner.Invitation) is not { } known)
            return null;
        var reference = joiner.KeyPackage.Reference(CipherSuite.Get(joiner.KeyPackage.CipherSuite));
        return new CommitRequest
        {
            Proposals = [new AddProposal(joiner.KeyPackage)],
            Framing = FramingOptions.Default with { AuthenticatedData = Tls.Encode(new Admission(joiner.Invitation)) },
            GroupInfo = GroupInfoOptions.Default with { ExtensionsOf = context => new ExtensionList(AdmissionMac.For(known.MacKey, context, reference)) },
        };
    }
}
