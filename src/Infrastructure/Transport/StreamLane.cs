using System.Threading.Channels;
using Skytale.Protocol.Transport;

namespace Skytale.Transport;

/// <summary>
/// A connection's streams of one kind, in the two places where they wait: for the application to accept them, and for the
/// peer to allow them. The owner's lock guards the second.
/// </summary>
internal sealed class StreamLane<TStream>(StreamKind kind)
    where TStream : class, ITransportStream
{
    private readonly List<OpenStreamRequest> _opens = [];

    internal StreamKind Kind { get; } = kind;

    /// <summary>Streams of the peer that nobody accepted yet. Any thread.</summary>
    internal Channel<TStream> Incoming { get; } = Channel.CreateUnbounded<TStream>();

    /// <summary>True when somebody waits for a stream; those who gave up are forgotten.</summary>
    internal bool IsWaitedFor
    {
        get
        {
            if (_opens.Count > 0)
                _opens.RemoveAll(request => request.IsTaken);
            return _opens.Count > 0;
        }
    }

    internal void Wait(OpenStreamRequest request) => _opens.Add(request);

    /// <summary>The first who still wants a stream, and must be answered; null when nobody does.</summary>
    internal OpenStreamRequest? TakeFirst()
    {
        while (_opens.Count > 0)
        {
            var request = _opens[0];
            _opens.RemoveAt(0);
            if (request.TryClaim())
                return request;
        }
        return null;
    }

    internal OpenStreamRequest[] TakeAll()
    {
        var all = _opens.ToArray();
        _opens.Clear();
        return all;
    }
}
