namespace Skytale.ChannelLogs.Embedded.Operations;

/// <summary>Goes the whole way of an append, the wait for the disk included, and says nothing.</summary>
internal sealed class ProbeOperation : LogOperation
{
    internal override void AddTo(LogBatch batch) => batch.Put(Keys.Probe, []);
}
