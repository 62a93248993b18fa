namespace Skytale.Application.Nodes;

/// <summary>What this process has accepted since it was started. Safe for use by several threads.</summary>
public sealed class Traffic
{
    private long _messages;
    private long _bytes;

    /// <summary>Messages and envelopes.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    /// <summary>Bytes of their content, as it was sent.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>One more.</summary>
    public void Count(int bytes)
    {
        Interlocked.Increment(ref _messages);
        Interlocked.Add(ref _bytes, bytes);
    }
}
