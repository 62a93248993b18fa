using System.Net;
using System.Net.Quic;
using System.Net.Sockets;
using System.Security.Authentication;
using Skytale.MsQuic;
using Skytale.Protocol.Transport;

namespace Skytale.Infrastructure.Tests.MsQuic;

/// <summary>The table from System.Net.Quic's errors to the contract's. None of it needs libmsquic.</summary>
public sealed class QuicErrorsTests
{
    private static readonly IPEndPoint s_remote = new(IPAddress.Loopback, 7444);

    [Theory]
    [InlineData(QuicError.ConnectionAborted, 42L, null, TransportClosedBy.Peer, 42UL, "")]
    [InlineData(QuicError.ConnectionAborted, 0L, null, TransportClosedBy.Peer, 0UL, "")]
    [InlineData(QuicError.ConnectionAborted, null, null, TransportClosedBy.Transport, 0UL, "words")]
    [InlineData(QuicError.ConnectionIdle, null, null, TransportClosedBy.IdleTimeout, 0UL, "")]
    [InlineData(QuicError.OperationAborted, null, null, TransportClosedBy.Local, 0UL, "")]
    [InlineData(QuicError.TransportError, null, 0x0aL, TransportClosedBy.Transport, 0UL, "transport error 0xa: words")]
    [InlineData(QuicError.ConnectionTimeout, null, null, TransportClosedBy.Transport, 0UL, "words")]
    [InlineData(QuicError.InternalError, null, null, TransportClosedBy.Transport, 0UL, "words")]
    public void A_connections_end_is_told_by_who_ended_it(QuicError error, long? application, long? transport, TransportClosedBy kind, ulong code, string reason) =>
        QuicErrors.Closed(error, application, transport, "words").ShouldBe(new TransportClosed(kind, code, reason));

    [Fact]
    public void An_end_that_is_no_error_of_QUIC_is_told_too()
    {
        QuicErrors.Closed(new ObjectDisposedException("connection")).Kind.ShouldBe(TransportClosedBy.Local);
        QuicErrors.Closed(new AuthenticationException("an alert")).ShouldBe(new TransportClosed(TransportClosedBy.Transport, 0, "an alert"));
        QuicErrors.Closed(new SocketException((int)SocketError.HostUnreachable)).Kind.ShouldBe(TransportClosedBy.Transport);
        QuicErrors.Closed(new QuicException(QuicError.ConnectionAborted, 7, "closed")).ShouldBe(new TransportClosed(TransportClosedBy.Peer, 7, ""));
    }

    [Theory]
    [InlineData(QuicError.ConnectionTimeout, null, null, TransportError.Unreachable, null)]
    [InlineData(QuicError.ConnectionIdle, null, null, TransportError.Unreachable, null)]
    [InlineData(QuicError.ConnectionRefused, null, 0x02L, TransportError.Unreachable, null)]
    [InlineData(QuicError.InternalError, null, null, TransportError.Unreachable, null)]
    [InlineData(QuicError.VersionNegotiationError, null, null, TransportError.ProtocolRefused, null)]
    [InlineData(QuicError.TransportError, null, 0x178L, TransportError.ProtocolRefused, null)] // The alert no_application_protocol.
    [InlineData(QuicError.TransportError, null, 0x08L, TransportError.Unreachable, null)]
    [InlineData(QuicError.ConnectionAborted, 5L, null, TransportError.Closed, 5UL)]
    [InlineData(QuicError.OperationAborted, null, null, TransportError.Closed, null)]
    public void A_failed_connect_is_told_by_its_reason(QuicError error, long? application, long? transport, TransportError expected, ulong? code)
    {
        var inner = new QuicException(error, application, "words");

        var exception = QuicErrors.Connecting(error, application, transport, inner, s_remote);

        (exception.Error, exception.Code).ShouldBe((expected, code));
        exception.InnerException.ShouldBe(inner);
    }

    [Fact]
    public void A_connect_can_fail_outside_QUIC()
    {
        QuicErrors.Connecting(new AuthenticationException(), s_remote).Error.ShouldBe(TransportError.ProtocolRefused);
        QuicErrors.Connecting(new SocketException((int)SocketError.HostUnreachable), s_remote).Error.ShouldBe(TransportError.Unreachable);
        QuicErrors.Connecting(new QuicException(QuicError.ConnectionRefused, null, ""), s_remote).Message.ShouldContain(s_remote.ToString());
        QuicErrors.Listening(new QuicException(QuicError.AlpnInUse, null, ""), s_remote).Error.ShouldBe(TransportError.CannotListen);
    }

    [Fact]
    public void Only_the_peers_abort_of_a_stream_is_the_streams_own()
    {
        QuicErrors.StreamCode(new QuicException(QuicError.StreamAborted, 4711, "")).ShouldBe(4711UL);
        QuicErrors.StreamCode(new QuicException(QuicError.ConnectionAborted, 4711, "")).ShouldBeNull();
        QuicErrors.StreamCode(new ObjectDisposedException("stream")).ShouldBeNull();
    }

    [Fact]
    public void What_this_side_ended_is_known_from_what_was_done_to_it()
    {
        QuicErrors.IsOwnAbort(new QuicException(QuicError.OperationAborted, null, "")).ShouldBeTrue();
        QuicErrors.IsOwnAbort(new ObjectDisposedException("stream")).ShouldBeTrue();
        QuicErrors.IsOwnAbort(new QuicException(QuicError.StreamAborted, 1, "")).ShouldBeFalse();
        QuicErrors.IsOwnAbort(new QuicException(QuicError.ConnectionIdle, null, "")).ShouldBeFalse();
    }

    [Fact]
    public void A_bug_is_not_translated()
    {
        QuicErrors.IsOutside(new QuicException(QuicError.InternalError, null, "")).ShouldBeTrue();
        QuicErrors.IsOutside(new InvalidOperationException()).ShouldBeFalse();
        QuicErrors.IsOutside(new ArgumentException("an option")).ShouldBeFalse();
        QuicErrors.IsOutside(new OperationCanceledException()).ShouldBeFalse();
    }
}
