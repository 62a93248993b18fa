using Skytale.Protocol.Transport;

namespace Skytale.Conformance;

public abstract partial class TransportConformance
{
    /// <summary>
    /// Two hundred short lives, each ended somewhere by somebody: whatever is called then ends in one of the contract's ways,
    /// and nothing is left of it. A life is the same for the same seed, but for the threads' own order.
    /// </summary>
    [Fact(Timeout = Patience)]
    [Trait("Category", "Slow")]
    public async Task Disposal_at_any_moment_ends_every_call_and_leaves_nothing()
    {
        const int lives = 200;
        var narrow = new TransportLimits { MaxStreams = 4, StreamWindow = 32 << 10, ConnectionWindow = 64 << 10 };
        for (var seed = 0; seed < lives; seed++)
        {
            var transport = CreateTransport();
            var pair = await TransportPair.CreateAsync(transport, Cancel, narrow, narrow);
            await using (var life = new ShortLife(pair, seed, Cancel))
            {
                await life.SomeMomentAsync();
                await (life.Ending switch
                {
                    0 => pair.Client.DisposeAsync().AsTask(),
                    1 => pair.Server.DisposeAsync().AsTask(),
                    2 => Task.WhenAll(pair.Client.CloseAsync(1, "").AsTask(), pair.Server.CloseAsync(2, "").AsTask()),
                    3 => pair.Listener.DisposeAsync().AsTask(),
                    _ => transport.DisposeAsync().AsTask(),
                });
            }
            await pair.DisposeAsync();
            await transport.DisposeAsync();
            await HoldsNothingAsync(transport);
        }
    }
}
