using System.Collections.Concurrent;
using Skytale.Accounts;
using Skytale.Application.Ports;
using Skytale.Channels;
using Skytale.Mls;
using Skytale.Protocol;

namespace Skytale.Application.Delivery;

/// <summary>The channels in use, each loaded from the log when somebody needs it. Safe for use by several threads.</summary>
public sealed class ActiveChannels(IChannelLog log, ChannelTails tails, ClosedChannels closed, ChannelLimits limits, TimeProvider time)
{
    private const int MaxAttempts = 5;

    private readonly ConcurrentDictionary<ChannelId, Lazy<Task<ActiveChannel?>>> _channels = new();

    /// <summary>The answer while the log takes or gives nothing.</summary>
    internal static Refusal Unavailable => new(ErrorCode.Unavailable, "The relay cannot store or read anything now. Try again.");

    internal IEnumerable<ActiveChannel> Loaded => _channels.Values
        .Where(loading => loading is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        .Select(loading => loading.Value.Result)
        .OfType<ActiveChannel>();

    /// <summary>Does something with a channel that the caller's token allows there; else as below, but for <see cref="ErrorCode.OutOfScope"/>.</summary>
    public Task<Result<T>> UseAsync<T>(Caller caller, Verb verb, ChannelId id, Func<ActiveChannel, Task<Result<T>>> use) =>
        UseAsync(id, channel => caller.Judge(verb, channel.Name) is { } outOfScope ? Task.FromResult<Result<T>>(outOfScope) : use(channel));

    /// <summary>Does something with a channel, again where it was let go or another writer came between.</summary>
    /// <returns>Refuses <see cref="ErrorCode.UnknownChannel"/>; <see cref="ErrorCode.ChannelClosed"/>; <see cref="ErrorCode.Unavailable"/> where the log fails: what was asked is then stored or not, and may be asked again.</returns>
    public async Task<Result<T>> UseAsync<T>(ChannelId id, Func<ActiveChannel, Task<Result<T>>> use)
    {
        if (IsClosed(id))
            return ClosedChannels.Refusal;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var channel = await FindAsync(id);
                return channel.IsSuccess ? await use(channel.Value) : channel.Refusal;
            }
            catch (ChannelLogException conflict) when (conflict.Error == ChannelLogError.Conflict && attempt < MaxAttempts)
            {
                // It is loaded again, and judged by what is there.
            }
            catch (ChannelLogException failure) when (failure.Error != ChannelLogError.Corrupt)
            {
                return Unavailable;
            }
        }
    }

    /// <returns>Refuses <see cref="ErrorCode.UnknownChannel"/>.</returns>
    /// <exception cref="ChannelLogException">The log does not give it now.</exception>
    internal async ValueTask<Result<ActiveChannel>> FindAsync(ChannelId id)
    {
        while (true)
        {
            var loading = _channels.GetOrAdd(id, key => new Lazy<Task<ActiveChannel?>>(() => LoadAsync(key)));
            ActiveChannel? channel;
            try
            {
                channel = await loading.Value;
            }
            catch
            {
                Forget(id, loading);
                throw;
            }
            if (channel is { IsLost: false })
                return channel;
            Forget(id, loading);
            if (channel is null)
                return new Refusal(ErrorCode.UnknownChannel, "There is no channel with this id.");
        }
    }

    internal bool IsClosed(ChannelId id) => closed.Contains(id);

    internal bool IsLoaded(ChannelId id) => _channels.ContainsKey(id);

    /// <summary>Lets go of what nobody has used for a while; it is loaded again when somebody does.</summary>
    internal void Release(ActiveChannel channel)
    {
        if (!channel.TryRelease())
            return;
        if (_channels.TryGetValue(channel.Id, out var loading) && loading.Value.IsCompletedSuccessfully && loading.Value.Result == channel)
            Forget(channel.Id, loading);
    }

    private void Forget(ChannelId id, Lazy<Task<ActiveChannel?>> loading) => _channels.TryRemove(KeyValuePair.Create(id, loading));

    private async Task<ActiveChannel?> LoadAsync(ChannelId id)
    {
        if (await log.LoadAsync(id) is not { } stored)
            return null;
        try
        {
            return new ActiveChannel(Channel.Load(stored, limits), stored, log, tails, time);
        }
        catch (MlsException damaged)
        {
            throw new ChannelLogException(ChannelLogError.Corrupt, $"The state of channel {id} cannot be read: {damaged.Message}", damaged);
        }
    }
}
