namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>What a network does to the datagrams of each direction, in per cent of them, and how long they take.</summary>
internal sealed record PathConditions
{
    internal int Lost { get; init; }

    /// <summary>One bit is another.</summary>
    internal int Flipped { get; init; }

    internal int Truncated { get; init; }

    internal int Doubled { get; init; }

    /// <summary>Comes after the next one.</summary>
    internal int Swapped { get; init; }

    /// <summary>Another one goes with it, with the same beginning and random bytes behind.</summary>
    internal int Injected { get; init; }

    /// <summary>Each way.</summary>
    internal TimeSpan Delay { get; init; }
}
