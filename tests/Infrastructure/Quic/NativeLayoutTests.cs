using Skytale.Quic.Ngtcp2;
using Skytale.Quic.Ngtcp2.Native;

namespace Skytale.Infrastructure.Tests.Quic;

public sealed class NativeLayoutTests
{
    [Fact]
    public void Every_struct_has_the_size_and_offsets_of_the_installed_library()
    {
        Ngtcp2Transport.EnsureAvailable();

        NativeLayout.Measured().Count.ShouldBeGreaterThan(35);
        NativeLayout.Differences().ShouldBeEmpty();
    }

    /// <summary>The library fills its defaults in at its own offsets; read at ours they must make sense.</summary>
    [Fact]
    public unsafe void Defaults_that_the_library_writes_are_where_they_are_read()
    {
        Ngtcp2Settings settings;
        Ngtcp2Native.ngtcp2_settings_default_versioned(Ngtcp2Settings.Version, &settings);
        Ngtcp2TransportParams parameters;
        Ngtcp2Native.ngtcp2_transport_params_default_versioned(Ngtcp2TransportParams.Version, &parameters);

        settings.InitialRtt.ShouldBe(333_000_000UL);
        settings.MaxTxUdpPayloadSize.ShouldBe((nuint)1452);
        settings.AckThreshold.ShouldBe((nuint)2);
        settings.HandshakeTimeout.ShouldBe(ulong.MaxValue);
        parameters.MaxUdpPayloadSize.ShouldBe(65527UL);
        parameters.ActiveConnectionIdLimit.ShouldBe(2UL);
        parameters.MaxAckDelay.ShouldBe(25_000_000UL);
    }

    [Theory]
    [InlineData(Ngtcp2Error.StreamIdBlocked, "ERR_STREAM_ID_BLOCKED")]
    [InlineData(Ngtcp2Error.StreamDataBlocked, "ERR_STREAM_DATA_BLOCKED")]
    [InlineData(Ngtcp2Error.Crypto, "ERR_CRYPTO")]
    [InlineData(Ngtcp2Error.StreamShutWr, "ERR_STREAM_SHUT_WR")]
    [InlineData(Ngtcp2Error.StreamNotFound, "ERR_STREAM_NOT_FOUND")]
    [InlineData(Ngtcp2Error.Draining, "ERR_DRAINING")]
    [InlineData(Ngtcp2Error.RecvVersionNegotiation, "ERR_RECV_VERSION_NEGOTIATION")]
    [InlineData(Ngtcp2Error.WriteMore, "ERR_WRITE_MORE")]
    [InlineData(Ngtcp2Error.Retry, "ERR_RETRY")]
    [InlineData(Ngtcp2Error.DropConn, "ERR_DROP_CONN")]
    [InlineData(Ngtcp2Error.VersionNegotiation, "ERR_VERSION_NEGOTIATION")]
    [InlineData(Ngtcp2Error.HandshakeTimeout, "ERR_HANDSHAKE_TIMEOUT")]
    [InlineData(Ngtcp2Error.IdleClose, "ERR_IDLE_CLOSE")]
    [InlineData(Ngtcp2Error.CallbackFailure, "ERR_CALLBACK_FAILURE")]
    public void Error_numbers_are_the_librarys(int error, string name) => Ngtcp2Native.ErrorText(error).ShouldBe(name);
}
