using System.Collections.Concurrent;
using System.Globalization;
using Skytale.Channels;
using Skytale.Protocol;
using Skytale.Protocol.Transport;

namespace Skytale.Application.Nodes;

/// <summary>What is connected to this process now. Safe for use by several threads.</summary>
public sealed class LiveConnections(ThisNode node, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, LiveConnection> _all = new();
    private long _last;

    /// <summary>All of them, those that come and go meanwhile or not.</summary>
    public IReadOnlyCollection<LiveConnection> All => [.. _all.Values];

    /// <summary>One is there from now on, until what this returns is disposed.</summary>
    /// <param name="id">The key that it has proved; null for anyone's link.</param>
    /// <param name="caller">As its token says; null: it has none.</param>
    public IDisposable Enter(ConnectionKind kind, TransportKind transport, AgentId? id, Caller? caller)
    {
        // The numbers are of one width, so that a page of the list goes on where the one before ended.
        var text = $"conn_{node.Id.Tail}_{Interlocked.Increment(ref _last).ToString("x10", CultureInfo.InvariantCulture)}";
        _all[text] = new LiveConnection(text, node.Id, kind, transport, id, caller?.AccountId, caller?.KeyId, time.GetUtcNow());
        return new Entered(this, text);
    }

    private sealed class Entered(LiveConnections owner, string id) : IDisposable
    {
        public void Dispose() => owner._all.TryRemove(id, out _);
    }
}
