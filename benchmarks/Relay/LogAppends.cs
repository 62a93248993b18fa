using System.Diagnostics;
using System.Security.Cryptography;
using Skytale.Application.Ports;
using Skytale.ChannelLogs.Embedded;
using Skytale.ChannelLogs.Memory;
using Skytale.ChannelLogs.Postgres;
using Skytale.Channels;
using Skytale.Chaos.Running;
using Skytale.Mls.Codec;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Benchmarks.Relay;

/// <summary>A log alone in this process: messages of so many channels in turn, each stored when it counts.</summary>
internal sealed class LogAppends : IAsyncDisposable
{
    /// <summary>Appends that may be on their way at once.</summary>
    private const int UnderWay = 8192;

    /// <summary>Channels that are made at once.</summary>
    private const int Made = 1000;

    private static readonly AgentId s_sender = AgentId.FromPublicKey(RandomNumberGenerator.GetBytes(AgentId.PublicKeySize));
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("skytale-bench-");
    private readonly ReadOnlyMemory<byte> _frame = FrameCodec.Encode(new DeliverMessage(
        new ChannelId(new byte[ChannelId.Size]), Sequence.Start, default, RandomNumberGenerator.GetBytes(Room.MessageSize))); // A log does not look into it.
    private readonly List<(ChannelId Id, Sequence Last)> _channels = [];
    private PostgresProgram? _postgres;
    private IChannelLog? _log;
    private int _next;

    private LogAppends()
    {
    }

    public static async Task<LogAppends> OpenAsync(LogKind kind, int channels)
    {
        var appends = new LogAppends();
        try
        {
            appends._log = await appends.OpenLogAsync(kind);
            foreach (var some in Enumerable.Range(0, channels).Chunk(Made))
                appends._channels.AddRange(await Task.WhenAll(some.Select(appends.CreateChannelAsync)));
            return appends;
        }
        catch
        {
            await appends.DisposeAsync();
            throw;
        }
    }

    /// <returns>Appends a second over this time.</returns>
    public async Task<double> MeasureAsync(TimeSpan time)
    {
        using var room = new SemaphoreSlim(UnderWay);
        var stored = 0L;
        var last = Task.CompletedTask;
        var before = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < time)
        {
            await room.WaitAsync();
            last = StoreAsync();
        }
        for (var i = 0; i < UnderWay; i++)
            await room.WaitAsync();
        await last;
        // On a machine that others use too, this is what to compare.
        await Console.Error.WriteLineAsync($"  {(Environment.CpuUsage.TotalTime - before).TotalMicroseconds / stored:0.0} µs of processor time each, all threads; {stored / clock.Elapsed.TotalSeconds:N0}/s");
        return stored / clock.Elapsed.TotalSeconds;

        async Task StoreAsync()
        {
            await AppendNextAsync();
            Interlocked.Increment(ref stored);
            room.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_log is not null)
            await _log.DisposeAsync();
        if (_postgres is not null)
            await _postgres.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private Task AppendNextAsync()
    {
        _next = (_next + 1) % _channels.Count;
        var (channel, before) = _channels[_next];
        var sequence = before.Next;
        _channels[_next] = (channel, sequence);
        var id = new MessageId(new UInt128((ulong)Random.Shared.NextInt64(), (ulong)Random.Shared.NextInt64()));
        return _log!.AppendAsync(channel, new MessageEntry(sequence, new Epoch(0), s_sender, DateTimeOffset.UtcNow, id, _frame));
    }

    private async Task<(ChannelId, Sequence)> CreateChannelAsync(int number)
    {
        var id = new ChannelId(RandomNumberGenerator.GetBytes(ChannelId.Size));
        if (!ChannelName.TryParse($"{Member.Org}/log/{number}", out var name))
            throw new InvalidOperationException("not a name");
        await _log!.CreateAsync(new ChannelRecord(id, name, s_sender, Opaque.Copy(RandomNumberGenerator.GetBytes(32)), DateTimeOffset.UtcNow), RandomNumberGenerator.GetBytes(600));
        return (id, Sequence.Start);
    }

    private async Task<IChannelLog> OpenLogAsync(LogKind kind)
    {
        switch (kind)
        {
            case LogKind.Memory:
                return new MemoryChannelLog();
            case LogKind.Embedded:
                return new EmbeddedChannelLog(Path.Combine(_folder.FullName, "channels"));
            default:
                _postgres = await PostgresProgram.CreateInAsync(_folder);
                return await PostgresChannelLog.OpenAsync(_postgres.ConnectionString);
        }
    }
}
