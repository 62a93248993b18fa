using System.Net.Quic;
using System.Security.Authentication;
using Skytale.Conformance;
using Skytale.MsQuic;
using Skytale.Protocol.Transport;
using Skytale.Transport;

namespace Skytale.Infrastructure.Tests.MsQuic;

/// <summary>What System.Net.Quic is asked for, given what the contract's options say. None of it needs libmsquic.</summary>
public sealed class QuicOptionsTests
{
    private static readonly ServedCertificate s_certificate = ServedCertificate.Create(TestCertificates.Localhost, null);

    [Fact]
    public void Every_limit_is_passed_on_in_both_roles()
    {
        var limits = new TransportLimits
        {
            StreamWindow = 64 << 10,
            ConnectionWindow = 1 << 20,
            MaxStreams = 7,
            IdleTimeout = TimeSpan.FromSeconds(21),
            KeepAlive = TimeSpan.FromSeconds(3),
        };

        foreach (var options in InBothRoles(limits))
        {
            options.MaxInboundBidirectionalStreams.ShouldBe(7);
            options.MaxInboundUnidirectionalStreams.ShouldBe(7);
            options.InitialReceiveWindowSizes.Connection.ShouldBe(1 << 20);
            options.InitialReceiveWindowSizes.LocallyInitiatedBidirectionalStream.ShouldBe(64 << 10);
            options.InitialReceiveWindowSizes.RemotelyInitiatedBidirectionalStream.ShouldBe(64 << 10);
            options.InitialReceiveWindowSizes.UnidirectionalStream.ShouldBe(64 << 10);
            options.IdleTimeout.ShouldBe(TimeSpan.FromSeconds(21));
            options.KeepAliveInterval.ShouldBe(TimeSpan.FromSeconds(3));
            options.DefaultCloseErrorCode.ShouldBe(0);
            options.DefaultStreamErrorCode.ShouldBe(0);
        }
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(65_535, 32_768)]
    [InlineData(65_536, 65_536)]
    [InlineData(100_000, 65_536)]
    [InlineData(int.MaxValue, 1 << 30)]
    public void A_window_is_rounded_down_to_a_power_of_two(int window, int expected)
    {
        foreach (var options in InBothRoles(new TransportLimits { StreamWindow = window, ConnectionWindow = window }))
        {
            options.InitialReceiveWindowSizes.UnidirectionalStream.ShouldBe(expected);
            options.InitialReceiveWindowSizes.Connection.ShouldBe(expected);
        }
    }

    [Fact]
    public void A_timer_that_is_off_is_off_and_the_shortest_one_is_not()
    {
        foreach (var options in InBothRoles(new TransportLimits { IdleTimeout = TimeSpan.Zero, KeepAlive = TimeSpan.Zero }))
        {
            options.IdleTimeout.ShouldBe(Timeout.InfiniteTimeSpan);
            options.KeepAliveInterval.ShouldBe(Timeout.InfiniteTimeSpan);
        }
        foreach (var options in InBothRoles(new TransportLimits { KeepAlive = TimeSpan.FromMicroseconds(1) }))
            options.KeepAliveInterval.ShouldBe(TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public void More_streams_than_can_be_said_are_as_many_as_can_be_said()
    {
        foreach (var options in InBothRoles(new TransportLimits { MaxStreams = 1_000_000 }))
            options.MaxInboundBidirectionalStreams.ShouldBe(65_535);
    }

    [Fact]
    public void Limits_without_a_stream_or_a_window_are_the_callers_bug()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => InBothRoles(new TransportLimits { MaxStreams = 0 }).ToList());
        Should.Throw<ArgumentOutOfRangeException>(() => InBothRoles(new TransportLimits { StreamWindow = 0 }).ToList());
        Should.Throw<ArgumentOutOfRangeException>(() => InBothRoles(new TransportLimits { ConnectionWindow = -1 }).ToList());
    }

    [Fact]
    public void TLS_is_1_3_with_the_protocol_the_name_and_our_own_judgement()
    {
        var connect = TransportPair.ConnectTo(new(System.Net.IPAddress.Loopback, 1)) with { ServerName = "relay.example", HandshakeTimeout = TimeSpan.FromSeconds(4) };
        var check = new ServerCheck(connect);

        var client = QuicOptions.Client(connect, check, new StreamLanes());
        var server = QuicOptions.Server(s_certificate, connect.Limits, new StreamLanes());

        client.RemoteEndPoint.ShouldBe(connect.RemoteEndPoint);
        client.HandshakeTimeout.ShouldBe(TimeSpan.FromSeconds(4));
        var asked = client.ClientAuthenticationOptions;
        asked.TargetHost.ShouldBe("relay.example");
        asked.EnabledSslProtocols.ShouldBe(SslProtocols.Tls13);
        asked.ApplicationProtocols.ShouldBe([new(TransportLimits.ApplicationProtocol)]);
        asked.RemoteCertificateValidationCallback!.Target.ShouldBe(check);
        asked.CertificateChainPolicy!.DisableCertificateDownloads.ShouldBeTrue();
        server.HandshakeTimeout.ShouldBe(TimeSpan.FromSeconds(10));
        server.ServerAuthenticationOptions.EnabledSslProtocols.ShouldBe(SslProtocols.Tls13);
        server.ServerAuthenticationOptions.ApplicationProtocols.ShouldBe([new(TransportLimits.ApplicationProtocol)]);
        server.ServerAuthenticationOptions.ServerCertificateContext.ShouldBe(s_certificate.Context);
        server.ServerAuthenticationOptions.ClientCertificateRequired.ShouldBeFalse();
    }

    [Fact]
    public async Task What_the_peer_allows_reaches_the_lanes()
    {
        var lanes = new StreamLanes();
        var options = QuicOptions.Server(s_certificate, new TransportLimits(), lanes);

        options.StreamCapacityCallback!(null!, new QuicStreamCapacityChangedArgs { BidirectionalIncrement = 1, UnidirectionalIncrement = 0 });

        await lanes.Bidirectional.TakePlaceAsync(TestContext.Current.CancellationToken);
        lanes.Unidirectional.TakePlaceAsync(TestContext.Current.CancellationToken).AsTask().IsCompleted.ShouldBeFalse();
    }

    private static IEnumerable<QuicConnectionOptions> InBothRoles(TransportLimits limits)
    {
        var connect = TransportPair.ConnectTo(new(System.Net.IPAddress.Loopback, 1), limits);
        yield return QuicOptions.Client(connect, new ServerCheck(connect), new StreamLanes());
        yield return QuicOptions.Server(s_certificate, limits, new StreamLanes());
    }
}
