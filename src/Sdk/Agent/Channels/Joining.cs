using Skytale.Agent.Storage;
using Skytale.Groups;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Protocol.Frames;

namespace Skytale.Agent.Channels;

/// <summary>Entering a channel that somebody added this agent to. Group state in and the key package's keys out are one transaction.</summary>
internal sealed class Joining(AgentContext context)
{
    /// <summary>Processes a Welcome and stores the channel.</summary>
    /// <exception cref="MlsException">Why the Welcome is refused.</exception>
    public ChannelSession Enter(DeliverWelcome frame)
    {
        var welcome = Tls.Decode<MlsMessage>(new Opaque(frame.Welcome)).Welcome ?? throw new MlsException(MlsError.WrongWireFormat, "not a Welcome");
        var stored = context.Store.ReadKeyPackages();
        try
        {
            var mine = stored.FirstOrDefault(keyPackage => welcome.SecretsFor(keyPackage.Reference) is not null) ?? throw new MlsException(MlsError.WelcomeNotForMe);
            using var bundle = KeyPackageBundle.Deserialize(mine.Bundle.Span);
            var group = MlsGroup.Join(welcome, bundle, context.Identity.Keys, new JoinOptions { Lifetimes = Lifetimes.WhenFollowing });
            try
            {
                Check(frame, group);
            }
            catch
            {
                group.Dispose();
                throw;
            }
            return Store(frame, group, mine);
        }
        finally
        {
            foreach (var keyPackage in stored)
                keyPackage.Dispose();
        }
    }

    private ChannelSession Store(DeliverWelcome frame, MlsGroup group, StoredKeyPackage used)
    {
        var session = new ChannelSession(context, frame.ChannelId, frame.Name, group, frame.Sequence, frame.Sequence);
        context.Store.Write(transaction =>
        {
            transaction.AddChannel(frame.ChannelId, frame.Name, frame.Sequence);
            ChannelSession.WriteEpoch(transaction, frame.ChannelId, session.Head, frame.Sequence);
            if (!used.LastResort)
                transaction.RemoveKeyPackage(used.Reference);
        });
        return session;
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
