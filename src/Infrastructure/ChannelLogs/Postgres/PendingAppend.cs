using Skytale.Channels;
using Skytale.Protocol;

namespace Skytale.ChannelLogs.Postgres;

/// <summary>An append that waits for its transaction.</summary>
internal sealed class PendingAppend(ChannelId channel, LogEntry entry, GroupChange? change)
{
    private readonly TaskCompletionSource _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal ChannelId Channel { get; } = channel;

    internal LogEntry Entry { get; } = entry;

    internal GroupChange? Change { get; } = change;

    internal Task Stored => _stored.Task;

    internal void Complete() => _stored.TrySetResult();

    internal void Fail(Exception exception) => _stored.TrySetException(exception);
}
