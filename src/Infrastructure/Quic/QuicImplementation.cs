namespace Skytale.Quic;

/// <summary>Whose QUIC carries a process's connections. On the wire they are one.</summary>
public enum QuicImplementation
{
    /// <summary>ngtcp2 where it is installed and is the version that this build knows, else MsQuic.</summary>
    Auto,

    /// <summary>The system's ngtcp2 with GnuTLS, on Linux.</summary>
    Ngtcp2,

    /// <summary>System.Net.Quic: a part of Windows, and on Linux wherever libmsquic is installed.</summary>
    MsQuic,
}
