using Skytale.Agent.Storage;
using Skytale.Groups;
using Skytale.Mls;
using Skytale.Mls.Codec;
using Skytale.Mls.Extensions;
using Skytale.Mls.Groups;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Protocol.Frames;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>
/// A new channel: the one-member group and its Welcome are made here, stored as an intent, registered at the relay, and
/// entered by that Welcome. Stopped anywhere in between, the next run repeats the same request.
/// </summary>
internal sealed class Creating(AgentContext context)
{
    /// <summary>Makes and stores everything that the request needs.</summary>
    public ChannelIntent Prepare(ChannelName name)
    {
        var groupId = new byte[ChannelId.Size];
        context.Random(groupId);
        var options = Grease.Into(AgentKeyPackages.OptionsFor(context.Time.GetUtcNow()), context.Random);
        using var bundle = KeyPackageBundle.Create(ChannelSuite.Default, context.Identity.Keys, context.Identity.Credential, options, context.Random);
        var creation = MlsGroup.CreateWithWelcome(new Opaque(groupId), bundle, context.Identity.Keys, ChannelExtension.ListFor(name, context.Identity.Id), context.Random);
        var intent = new ChannelIntent(
            new ChannelId(groupId), name, bundle.Serialize(),
            Tls.Encode(new MlsMessage(creation.GroupInfo)), Tls.Encode(new MlsMessage(creation.Welcome)));
        context.Store.Write(transaction => transaction.PutIntent(intent));
        return intent;
    }

    /// <summary>Registers the channel and enters it.</summary>
    /// <exception cref="SkytaleException">The relay refuses it (the intent is dropped), or the connection was lost (it stays).</exception>
    public async Task<ChannelSession> FinishAsync(ChannelIntent intent, CancellationToken cancellationToken)
    {
        var answer = await context.RequestAsync<ChannelCreated>(
            request => new CreateChannel(request, intent.Name, intent.GroupInfo.Memory, intent.Welcome.Memory), cancellationToken).ConfigureAwait(false);
        if (!answer.IsSuccess)
        {
            context.Store.Write(transaction => transaction.RemoveIntent(intent.Channel));
            throw answer.Refusal.ToException();
        }
        var created = answer.Value;
        if (created.ChannelId != intent.Channel || !created.Welcome.Span.SequenceEqual(intent.Welcome.Span))
            throw new SkytaleException(SkytaleError.ProtocolViolation, $"The relay answers the creation of {intent.Name} with another channel or Welcome.", "Do not trust this relay.");

        var group = Enter(intent);
        var session = new ChannelSession(context, intent.Channel, intent.Name, new EpochHandle(group), Sequence.Start);
        context.Store.Write(transaction =>
        {
            transaction.AddChannel(intent.Channel, intent.Name, Sequence.Start);
            ChannelSession.WriteEpoch(transaction, intent.Channel, session.Head, Sequence.Start);
            transaction.RemoveIntent(intent.Channel);
        });
        return session;
    }

    private MlsGroup Enter(ChannelIntent intent)
    {
        using var bundle = KeyPackageBundle.Deserialize(intent.Bundle.Span);
        var welcome = Tls.Decode<MlsMessage>(intent.Welcome).Welcome!;
        var group = MlsGroup.Join(welcome, bundle, context.Identity.Keys, new JoinOptions());
        if (group.GroupId.Span.SequenceEqual(intent.Channel.Bytes.Span) && group.Epoch.Value == 0 && group.Public.Members.Count() == 1 && group.OwnLeaf.Value == 0)
            return group;
        group.Dispose();
        throw new MlsException(MlsError.InvalidState, "the stored Welcome leads to another group than the one that was made");
    }
}
