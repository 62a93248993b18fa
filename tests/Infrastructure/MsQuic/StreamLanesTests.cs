using System.Threading.Channels;
using Skytale.MsQuic;

namespace Skytale.Infrastructure.Tests.MsQuic;

/// <summary>Who may open a stream, and when.</summary>
public sealed class StreamLanesTests
{
    private const int Patience = 60_000;

    private readonly StreamLanes _lanes = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task As_many_go_through_as_the_peer_allows_in_their_order()
    {
        var waiting = Enumerable.Range(0, 4).Select(_ => _lanes.Bidirectional.TakePlaceAsync(Cancel).AsTask()).ToArray();

        _lanes.Allow(bidirectional: 2, unidirectional: 9);
        await Task.WhenAll(waiting[..2]);
        waiting[2].IsCompleted.ShouldBeFalse();

        _lanes.Allow(bidirectional: 1, unidirectional: 0);
        await waiting[2];
        waiting[3].IsCompleted.ShouldBeFalse();
    }

    [Fact(Timeout = Patience)]
    public async Task One_who_gives_up_leaves_the_place_to_the_next()
    {
        using var impatience = new CancellationTokenSource();
        var given = _lanes.Unidirectional.TakePlaceAsync(impatience.Token).AsTask();
        var kept = _lanes.Unidirectional.TakePlaceAsync(Cancel).AsTask();

        await impatience.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => given);
        _lanes.Allow(bidirectional: 0, unidirectional: 1);

        await kept;
    }

    [Fact(Timeout = Patience)]
    public async Task The_connections_end_ends_the_wait()
    {
        var waiting = new[] { _lanes.Bidirectional.TakePlaceAsync(Cancel).AsTask(), _lanes.Unidirectional.TakePlaceAsync(Cancel).AsTask() };

        _lanes.Complete();
        _lanes.Allow(bidirectional: 5, unidirectional: 5);

        foreach (var wait in waiting)
            await Should.ThrowAsync<ChannelClosedException>(() => wait);
        _lanes.Bidirectional.Incoming.Reader.Completion.IsCompleted.ShouldBeTrue();
    }
}
