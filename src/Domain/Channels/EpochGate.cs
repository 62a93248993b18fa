using Skytale.Mls.Messages;
using Skytale.Protocol;

namespace Skytale.Channels;

/// <summary>One commit an epoch: which epoch the channel is in, and which commit ended each one before. The channel's lock guards it.</summary>
internal sealed class EpochGate
{
    // The commit that ended epoch n is at n: a channel starts in epoch 0.
    private readonly List<CommitEntry> _winners = [];

    public Epoch Current => new((ulong)_winners.Count);

    /// <summary>Null for the current epoch, else the refusal that tells it.</summary>
    public Refusal? Judge(Epoch epoch) => epoch == Current
        ? null
        : new Refusal(ErrorCode.StaleEpoch, $"The channel is in epoch {Current}, this is of {epoch}.", Current.Value);

    /// <summary>The commit that ended an epoch; null for the current one and later.</summary>
    public CommitEntry? WinnerOf(Epoch epoch) => epoch < Current ? _winners[(int)epoch.Value] : null;

    public void Pass(CommitEntry winner) => _winners.Add(winner);
}
