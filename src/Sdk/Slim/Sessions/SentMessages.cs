namespace Skytale.Sdk.Slim.Sessions;

/// <summary>What the application sent, before encryption: each time it is sent again it is encrypted anew.</summary>
internal sealed record SentMessage(uint Number, string PayloadType, ReadOnlyMemory<byte> Payload, IReadOnlyDictionary<string, string> Metadata);

/// <summary>The last messages to everybody, for those who missed one. May be used concurrently.</summary>
internal sealed class SentMessages
{
    /// <summary>How many are kept.</summary>
    public const int Capacity = 512;

    /// <summary>Bytes of payload that are kept; the last message is in any case.</summary>
    public const long MaxBytes = 16L << 20;

    private readonly Lock _gate = new();
    private readonly Queue<SentMessage> _messages = new();
    private long _bytes;

    public void Add(SentMessage message)
    {
        lock (_gate)
        {
            _messages.Enqueue(message);
            _bytes += message.Payload.Length;
            while (_messages.Count > Capacity || (_bytes > MaxBytes && _messages.Count > 1))
                _bytes -= _messages.Dequeue().Payload.Length;
        }
    }

    /// <summary>The message of a number, or null when it is not kept any more.</summary>
    public SentMessage? Find(uint number)
    {
        lock (_gate)
            return _messages.FirstOrDefault(message => message.Number == number);
    }
}
