using Skytale.Protocol.Envelopes;

namespace Skytale.Sdk.Slim.Sessions;

/// <summary>How many bytes of messages wait here, of a session or of all of an agent's. May be used concurrently.</summary>
/// <param name="whole">What this is a part of; null: of nothing.</param>
/// <param name="most">Bytes that may wait at once.</param>
internal sealed class HeldBytes(HeldBytes? whole, long most)
{
    private readonly Lock _gate = new();
    private long _held;
    private bool _ended;

    /// <summary>True when a message that has come may be kept.</summary>
    /// <param name="isEarly">It waits for messages before it. Those have half of the room, so that what they wait for finds some.</param>
    public bool HasRoomFor(Envelope envelope, bool isEarly) => HasRoomFor(EnvelopeLimits.SizeOf(envelope), isEarly);

    public void Add(SlimMessage message) => Add(SizeOf(message));

    public void Remove(SlimMessage message) => Add(-SizeOf(message));

    /// <summary>The session has ended: nothing more comes, and what was kept is its reader's.</summary>
    public void End()
    {
        lock (_gate)
        {
            if (_ended)
                return;
            _ended = true;
            whole?.Add(-_held);
        }
    }

    private bool HasRoomFor(long size, bool isEarly)
    {
        lock (_gate)
        {
            var held = _held + size;
            return (isEarly ? held <= most / 2 : held <= most || _held == 0) && (whole?.HasRoomFor(size, isEarly) ?? true);
        }
    }

    private void Add(long size)
    {
        lock (_gate)
        {
            if (_ended)
                return;
            _held += size;
            whole?.Add(size);
        }
    }

    private static long SizeOf(SlimMessage message) => 512 + message.Payload.Length + message.Metadata.Sum(pair => pair.Key.Length + pair.Value.Length);
}
