using RocksDbSharp;
using Skytale.Protocol;

namespace Skytale.ChannelLogs.Embedded;

/// <summary>What is being gathered for one write, with what the writer knows of channels. The writer's thread only.</summary>
internal sealed class LogBatch(RocksStore store, AgentKeys agents) : IDisposable
{
    private const int TailsOfAGeneration = 100_000;

    private readonly WriteBatch _writes = new();
    private readonly KnownTails _tails = new(TailsOfAGeneration);
    private readonly Dictionary<(ChannelId Channel, AgentId Agent), Sequence> _acknowledged = [];
    private byte[] _value = new byte[4096];

    internal AgentKeys Agents { get; } = agents;

    /// <summary>Where the channel's next entry goes, what is in this batch counted in; null where there is no such channel.</summary>
    internal ChannelTail? TailOf(ChannelId channel)
    {
        if (_tails.Find(channel) is { } known)
            return known;
        if (store.Read(database => ChannelTail.Find(database, channel)) is not { } found)
            return null;
        _tails.Set(channel, found);
        return found;
    }

    internal void Moved(ChannelId channel, ChannelTail tail) => _tails.Set(channel, tail);

    /// <summary>How far an agent has acknowledged, this batch counted in.</summary>
    internal Sequence AcknowledgedBy(ChannelId channel, AgentId agent)
    {
        if (_acknowledged.TryGetValue((channel, agent), out var here))
            return here;
        return Get(Keys.Acknowledged(channel, Agents.KeyOf(agent))) is { } value ? StoredSequence.Read(value) : Sequence.Start;
    }

    internal void Acknowledge(ChannelId channel, AgentId agent, Sequence sequence)
    {
        _acknowledged[(channel, agent)] = sequence;
        Put(Keys.Acknowledged(channel, Agents.KeyOf(agent)), StoredSequence.Write(sequence));
    }

    /// <summary>What is stored; this batch is not counted in.</summary>
    internal byte[]? Get(byte[] key) => store.Read(database => database.Get(key));

    internal T Read<T>(Func<RocksDb, T> read) => store.Read(read);

    /// <summary>The stored keys of one sort and channel from a place on, up to another that is not of them.</summary>
    internal IReadOnlyList<byte[]> KeysOf(char sort, ChannelId channel, Sequence from, Sequence to) => store.Read(database =>
    {
        var prefix = Keys.Prefix(sort, channel.Bytes.Span);
        var found = new List<byte[]>();
        if (from >= to)
            return found;
        using var iterator = database.NewIterator();
        for (iterator.Seek([.. prefix, .. StoredSequence.Write(from)]); iterator.Valid(); iterator.Next())
        {
            var key = iterator.Key();
            if (!key.AsSpan().StartsWith(prefix) || Keys.NumberOf(key) >= to.Value)
                break;
            found.Add(key);
        }
        return found;
    });

    internal void Put(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value) => _writes.Put(key, value);

    internal void Delete(ReadOnlySpan<byte> key) => _writes.Delete(key);

    /// <summary>Room for a value that is about to be put.</summary>
    internal Span<byte> ValueOf(int size)
    {
        if (_value.Length < size)
            _value = new byte[Math.Max(size, 2 * _value.Length)];
        return _value.AsSpan(0, size);
    }

    /// <summary>Writes what was gathered, to the disk where something of it must not be lost.</summary>
    internal void Write(bool durably)
    {
        store.Write(_writes, durably);
        Clear();
    }

    /// <summary>Nothing of it is known to stand: all of it is looked up anew.</summary>
    internal void Drop()
    {
        Clear();
        _tails.Clear();
    }

    public void Dispose() => _writes.Dispose();

    private void Clear()
    {
        _writes.Clear();
        _acknowledged.Clear();
    }
}
