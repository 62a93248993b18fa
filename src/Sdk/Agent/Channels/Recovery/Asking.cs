using Skytale.Agent.Keys;
using Skytale.Groups;
using Skytale.Mls.Codec;
using Skytale.Mls.KeyPackages;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Agent.Channels;

/// <summary>Asks the members of a channel to add this agent again: with a KeyPackage that was made for it, whose keys are stored first.</summary>
internal sealed class Asking(AgentContext context, ChannelId channel)
{
    private const int MaxAttempts = 8;

    /// <summary>Asks in the channel's epoch, which may go on meanwhile.</summary>
    /// <returns>The epoch that it was asked in; the refusal, or null.</returns>
    /// <exception cref="Sdk.SkytaleException">The connection was lost, or the keys cannot be stored.</exception>
    public async Task<(Epoch Epoch, Refusal? Refusal)> AskAsync(ReAddingReason reason, CancellationToken cancellationToken)
    {
        var current = await context.RequestAsync<CurrentGroupInfo>(request => new GetGroupInfo(request, channel), cancellationToken).ConfigureAwait(false);
        if (!current.IsSuccess)
            return (default, current.Refusal);
        var keyPackage = new KeyPackageSupply(context).CreateForOnce();
        var encoded = Tls.Encode(new MlsMessage(keyPackage)).Memory;
        var epoch = current.Value.Epoch;
        for (var attempt = 1; ; attempt++)
        {
            var signature = Sign(epoch, reason, keyPackage);
            var answer = await context.RequestAsync<Accepted>(request => new AskReAdding(request, channel, epoch, reason, encoded, signature), cancellationToken).ConfigureAwait(false);
            if (answer.IsSuccess || answer.Refusal is not { Code: ErrorCode.StaleEpoch, CurrentEpoch: { } now } || attempt == MaxAttempts)
                return (new Epoch(epoch), answer.Refusal);
            epoch = now;
        }
    }

    private ReadOnlyMemory<byte> Sign(ulong epoch, ReAddingReason reason, KeyPackage keyPackage)
    {
        var reference = keyPackage.Reference(ChannelSuite.Default);
        var content = new ReAddingContent(channel, epoch, reason, reference.Memory, context.Identity.Id);
        return context.Identity.Sign(LabeledContent.ReAdding, content.Encode());
    }
}
