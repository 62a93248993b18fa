namespace Skytale.Quic.Ngtcp2.Loop;

/// <summary>Something that other threads ask an event loop to look at. Objects post themselves, so that posting allocates nothing.</summary>
internal interface ILoopWork
{
    /// <summary>Runs on the loop's thread; once the loop has ended, on a poster's thread, and then has nothing left to act on.</summary>
    void RunOnLoop();
}

/// <summary>What an event loop drives. All members are called on the loop's thread.</summary>
internal interface ILoopHandler
{
    /// <summary>True while there is something to write that no timer and no packet will announce.</summary>
    bool HasPendingWrites { get; }

    /// <summary>When the next timer is due; <see cref="ulong.MaxValue"/>: never.</summary>
    ulong NextTimer { get; }

    /// <summary>Takes what the socket holds; true when there may be more.</summary>
    bool Receive();

    void RunTimers(ulong now);

    void WritePending();

    /// <summary>The last call: ends all connections. <paramref name="failure"/> is null when the loop was asked to stop.</summary>
    void Ended(Exception? failure);
}
