using Skytale.Quic.Ngtcp2.Native;

namespace Skytale.Quic.Ngtcp2;

/// <summary>Key updates (RFC 9001 § 6): a key that leaks opens no more than a piece of a long connection.</summary>
internal sealed unsafe partial class Ngtcp2Connection
{
    private long _sentUnderKey;

    private void UpdateKeyInTime(ulong now)
    {
        if (_sentUnderKey < _endpoint.Settings.KeyUpdateAfter)
            return;
        // Refused while the peer has not followed the last one (§ 6.1), and before the handshake is confirmed: a later turn asks again.
        if (Ngtcp2Native.ngtcp2_conn_initiate_key_update(_conn, now) != 0)
            return;
        _sentUnderKey = 0;
        _endpoint.Counters.AddKeyUpdate();
    }
}
