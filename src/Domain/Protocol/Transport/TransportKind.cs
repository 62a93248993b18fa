namespace Skytale.Protocol.Transport;

/// <summary>What carries a connection.</summary>
public enum TransportKind
{
    /// <summary>QUIC (RFC 9000) over UDP.</summary>
    Quic,

    /// <summary>TLS over TCP with streams of our own, for networks that block UDP.</summary>
    Tls,

    /// <summary>This process alone: tests and simulations.</summary>
    Memory,
}

/// <summary>A kind in words.</summary>
public static class TransportKindText
{
    /// <summary>As people read it, in a line of the log or of a program's output.</summary>
    public static string InWords(this TransportKind kind) => kind switch
    {
        TransportKind.Quic => "QUIC",
        TransportKind.Tls => "TLS on TCP",
        TransportKind.Memory => "memory",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
