using Skytale.Agent.Invitations;
using Skytale.Agent.Storage;
using Skytale.Groups;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>Entering a channel that somebody added this agent to. Group state in and the key package's keys out are one transaction.</summary>
internal sealed class Joining(AgentContext context)
{
    /// <summary>Processes a Welcome and stores the channel, in the place of an earlier stay in it.</summary>
    /// <exception cref="MlsException">Why the Welcome is refused.</exception>
    public async Task<ChannelSession> EnterAsync(DeliverWelcome frame, ChannelSession? before, CancellationToken cancellationToken) => before is null
        ? Enter(frame, null)
        : await before.LockedAsync(() => Enter(frame, before), cancellationToken).ConfigureAwait(false);

    /// <summary>Processes the Welcome that a channel waits for which stands still: the same session goes on behind it.</summary>
    /// <exception cref="MlsException">Why the Welcome is refused.</exception>
    public async Task EnterAgainAsync(DeliverWelcome frame, ChannelSession session, CancellationToken cancellationToken)
    {
        await session.LockedAsync(
            () => Open(frame, session.Trouble.LastStanding ?? session.Head.Epoch, (group, used) =>
            {
                session.EnterAgain(group, frame.Sequence, transaction => Used(transaction, frame.ChannelId, used));
                return session;
            }),
            cancellationToken).ConfigureAwait(false);
    }

    private ChannelSession Enter(DeliverWelcome frame, ChannelSession? before) =>
        Open(frame, before?.Head.Epoch ?? context.Store.ReadLeft(frame.ChannelId), (group, used) => Store(frame, group, used, before));

    /// <param name="left">The last epoch that this agent was in.</param>
    private ChannelSession Open(DeliverWelcome frame, Epoch? left, Func<MlsGroup, StoredKeyPackage, ChannelSession> store)
    {
        var welcome = Tls.Decode<MlsMessage>(new Opaque(frame.Welcome)).Welcome ?? throw new MlsException(MlsError.WrongWireFormat, "not a Welcome");
        var stored = context.Store.ReadKeyPackages();
        try
        {
            var mine = stored.FirstOrDefault(keyPackage => welcome.SecretsFor(keyPackage.Reference) is not null) ?? throw new MlsException(MlsError.WelcomeNotForMe);
            using var bundle = KeyPackageBundle.Deserialize(mine.Bundle.Span);
            var group = MlsGroup.Join(welcome, bundle, context.Identity.Keys, new JoinOptions { Lifetimes = Lifetimes.WhenFollowing }, out var groupInfo);
            try
            {
                Check(frame, group);
                CheckInvitation(frame, groupInfo, mine);
                // An epoch that was left is never entered again: its own ratchet would start over.
                if (group.Epoch <= left)
                    throw new MlsException(MlsError.WrongEpoch, "the Welcome leads back");
                return store(group, mine);
            }
            catch
            {
                group.Dispose();
                throw;
            }
        }
        finally
        {
            foreach (var keyPackage in stored)
                keyPackage.Dispose();
        }
    }

    private ChannelSession Store(DeliverWelcome frame, MlsGroup group, StoredKeyPackage used, ChannelSession? before)
    {
        var session = new ChannelSession(context, frame.ChannelId, frame.Name, new EpochHandle(group), frame.Sequence);
        context.Store.Write(transaction =>
        {
            if (before is not null)
                transaction.RemoveChannel(before.Id, before.Head.Epoch);
            transaction.AddChannel(frame.ChannelId, frame.Name, frame.Sequence);
            ChannelSession.WriteEpoch(transaction, frame.ChannelId, session.Head, frame.Sequence);
            Used(transaction, frame.ChannelId, used);
        });
        before?.Supersede();
        return session;
    }

    /// <summary>
    /// While this agent waits to join by an invitation, it takes no Welcome to that channel but one by the invitation, by whatever
    /// KeyPackage; and by the KeyPackage that was made for it, none to another.
    /// </summary>
    private void CheckInvitation(DeliverWelcome frame, GroupInfo groupInfo, StoredKeyPackage mine)
    {
        foreach (var join in context.Store.ReadJoins())
        {
            using (join)
            {
                if (join.Channel != frame.ChannelId && join.KeyPackage != mine.Reference)
                    continue;
                using var invitation = Invitation.Decode(join.Invitation.Span);
                using var keys = InvitationKeys.Of(invitation.Secret);
                if (join.Channel != frame.ChannelId || !AdmissionMac.IsRight(keys.Mac, groupInfo, mine.Reference))
                    throw new MlsException(MlsError.InvalidExtension, "this agent waits to be added by an invitation, and this Welcome is not by it");
            }
        }
    }

    private static void Used(IAgentStoreTransaction transaction, ChannelId channel, StoredKeyPackage keyPackage)
    {
        transaction.RemoveJoin(channel);
        if (!keyPackage.LastResort)
            transaction.RemoveKeyPackage(keyPackage.Reference);
    }

    private static void Check(DeliverWelcome frame, MlsGroup group)
    {
        if (!ChannelSuite.IsAllowed(group.Suite.Id))
            throw new MlsException(MlsError.UnsupportedCipherSuite, "not a channel's");
        if (!group.GroupId.Span.SequenceEqual(frame.ChannelId.Bytes.Span))
            throw new MlsException(MlsError.WrongGroup, "the Welcome leads to another group than the relay says");
        if (ChannelExtension.NameIn(group.Public.Context.Extensions) != frame.Name)
            throw new MlsException(MlsError.InvalidExtension, "the group has another name than the relay says");
        if (CommitRules.JudgeTree(group.Public.Tree) is { } refusal)
            throw new MlsException(MlsError.CredentialRefused, refusal.Detail);
    }
}
