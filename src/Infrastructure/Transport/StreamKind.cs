namespace Skytale.Transport;

/// <summary>Which ways a stream's bytes go. Each kind has ids, a limit and a queue of its own.</summary>
internal enum StreamKind
{
    Bidirectional,
    Unidirectional,
}

/// <summary>RFC 9000 § 2.1, for every adapter that numbers its streams.</summary>
/// <remarks>
/// <code>
/// 0x01   who opened it: 0 the client, 1 the server
/// 0x02   0 bidirectional, 1 unidirectional
/// </code>
/// </remarks>
internal static class StreamIds
{
    /// <summary>From one stream to the next of its kind and opener.</summary>
    internal const int Step = 4;

    internal static long First(StreamKind kind, bool byServer) => (kind == StreamKind.Unidirectional ? 2 : 0) | (byServer ? 1 : 0);

    internal static StreamKind KindOf(long id) => (id & 2) == 0 ? StreamKind.Bidirectional : StreamKind.Unidirectional;

    internal static bool IsOf(long id, bool server) => ((id & 1) != 0) == server;
}
