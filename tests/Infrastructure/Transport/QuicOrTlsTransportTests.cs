using System.Net;
using Microsoft.Extensions.Time.Testing;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Transport;

namespace Skytale.Infrastructure.Tests.Transport;

/// <summary>Which way is tried when, and what decides. The ways are scripted and the clock is the test's.</summary>
public sealed class QuicOrTlsTransportTests : IAsyncDisposable
{
    private const int Patience = 60_000;
    private static readonly TransportConnectOptions s_options = TransportPair.ConnectTo(new IPEndPoint(IPAddress.Loopback, 7444));

    private readonly FakeTimeProvider _time = new();
    private readonly ScriptedTransport _quic = new();
    private readonly ScriptedTransport _tls = new();
    private readonly QuicOrTlsTransport _transport;

    public QuicOrTlsTransportTests() => _transport = new QuicOrTlsTransport(() => _quic, _tls, _time);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _transport.DisposeAsync();

    [Fact(Timeout = Patience)]
    public async Task QUIC_that_answers_in_time_is_all_that_is_tried()
    {
        var connecting = _transport.ConnectAsync(s_options, Cancel);
        var quic = await _quic.NextAsync();
        _time.Advance(TimeSpan.FromSeconds(1.9));
        var arrived = new ScriptedConnection(TransportKind.Quic);
        quic.Source.SetResult(arrived);

        (await connecting).ShouldBe(arrived);
        _tls.Begun.ShouldBe(0);
        arrived.IsDisposed.ShouldBeFalse();
    }

    [Fact(Timeout = Patience)]
    public async Task Silent_QUIC_is_not_waited_for_and_called_off_when_TLS_arrives()
    {
        var connecting = _transport.ConnectAsync(s_options, Cancel);
        var quic = await _quic.NextAsync();
        _time.Advance(TimeSpan.FromSeconds(2));
        var tls = await _tls.NextAsync();
        tls.Options.HandshakeTimeout.ShouldBe(TimeSpan.FromSeconds(8), "the time is for both");
        tls.Source.SetResult(new ScriptedConnection(TransportKind.Tls));

        (await connecting).Kind.ShouldBe(TransportKind.Tls);
        await Should.ThrowAsync<OperationCanceledException>(() => quic.Source.Task);
    }

    [Fact(Timeout = Patience)]
    public async Task Where_the_machine_slept_through_the_time_there_is_none_for_another_way()
    {
        var connecting = _transport.ConnectAsync(s_options, Cancel);
        var quic = await _quic.NextAsync();
        _time.Advance(s_options.HandshakeTimeout + TimeSpan.FromSeconds(1));
        quic.Fail(TransportError.Unreachable, "no answer.");

        (await Should.ThrowAsync<TransportException>(() => connecting)).Error.ShouldBe(TransportError.Unreachable);
        _tls.Begun.ShouldBe(0);
    }

    [Fact(Timeout = Patience)]
    public async Task Late_QUIC_still_wins_over_TLS_that_has_not_arrived()
    {
        var connecting = _transport.ConnectAsync(s_options, Cancel);
        var quic = await _quic.NextAsync();
        _time.Advance(TimeSpan.FromSeconds(2));
        var tls = await _tls.NextAsync();
        quic.Source.SetResult(new ScriptedConnection(TransportKind.Quic));

        (await connecting).Kind.ShouldBe(TransportKind.Quic);
        await Should.ThrowAsync<OperationCanceledException>(() => tls.Source.Task);
    }

    [Fact(Timeout = Patience)]
    public async Task A_connection_that_arrives_second_is_closed()
    {
        _quic.IsDeaf = true;
        var connecting = _transport.ConnectAsync(s_options, Cancel);
        var quic = await _quic.NextAsync();
        _time.Advance(TimeSpan.FromSeconds(2));
        (await _tls.NextAsync()).Source.SetResult(new ScriptedConnection(TransportKind.Tls));
        var taken = (ScriptedConnection)await connecting;

        var late = new ScriptedConnection(TransportKind.Quic);
        quic.Source.SetResult(late);
        await _transport.DisposeAsync();

        (taken.Kind, taken.IsDisposed, late.IsDisposed).ShouldBe((TransportKind.Tls, false, true));
    }

    [Theory(Timeout = Patience)]
    [InlineData(TransportError.CertificateRefused)]
    [InlineData(TransportError.ProtocolRefused)]
    public async Task What_QUIC_refuses_is_not_asked_for_over_TLS(TransportError refusal)
    {
        var connecting = _transport.ConnectAsync(s_options, Cancel);
        (await _quic.NextAsync()).Fail(refusal, "no.");

        var failure = await Should.ThrowAsync<TransportException>(() => connecting);
        failure.Error.ShouldBe(refusal);
        failure.Message.ShouldBe("Over QUIC: no.");
        _tls.Begun.ShouldBe(0);
    }

    [Theory(Timeout = Patience)]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_certificate_refused_on_one_way_ends_the_other_that_is_under_way(bool byQuic)
    {
        var connecting = _transport.ConnectAsync(s_options, Cancel);
        var quic = await _quic.NextAsync();
        _time.Advance(TimeSpan.FromSeconds(2));
        var tls = await _tls.NextAsync();
        (byQuic ? quic : tls).Fail(TransportError.CertificateRefused, "not the pinned one.");

        (await Should.ThrowAsync<TransportException>(() => connecting)).Error.ShouldBe(TransportError.CertificateRefused);
        await Should.ThrowAsync<OperationCanceledException>(() => (byQuic ? tls : quic).Source.Task);
    }

    [Fact(Timeout = Patience)]
    public async Task QUIC_that_fails_early_needs_no_head_start_and_both_failures_are_told()
    {
        var connecting = _transport.ConnectAsync(s_options, Cancel);
        (await _quic.NextAsync()).Fail(TransportError.Unreachable, "nobody answers.");
        (await _tls.NextAsync()).Fail(TransportError.Unreachable, "the port is closed.");

        var failure = await Should.ThrowAsync<TransportException>(() => connecting);
        failure.Error.ShouldBe(TransportError.Unreachable);
        failure.Message.ShouldBe("Over QUIC: nobody answers. Over TLS on TCP: the port is closed.");
    }

    [Fact(Timeout = Patience)]
    public async Task Where_TLS_was_needed_it_comes_first_for_ten_minutes_and_QUIC_gets_its_turn_again()
    {
        await FallBackAsync();

        var again = _transport.ConnectAsync(s_options, Cancel);
        (await _tls.NextAsync()).Source.SetResult(new ScriptedConnection(TransportKind.Tls));
        await again;
        _quic.Begun.ShouldBe(1);

        _time.Advance(TimeSpan.FromMinutes(10));
        var later = _transport.ConnectAsync(s_options, Cancel);
        (await _quic.NextAsync()).Source.SetResult(new ScriptedConnection(TransportKind.Quic));
        (await later).Kind.ShouldBe(TransportKind.Quic);
    }

    [Fact(Timeout = Patience)]
    public async Task Another_address_begins_with_QUIC_whatever_the_last_one_needed()
    {
        await FallBackAsync();

        var elsewhere = _transport.ConnectAsync(s_options with { RemoteEndPoint = new IPEndPoint(IPAddress.Loopback, 7445) }, Cancel);
        (await _quic.NextAsync()).Source.SetResult(new ScriptedConnection(TransportKind.Quic));
        (await elsewhere).Kind.ShouldBe(TransportKind.Quic);
    }

    [Fact(Timeout = Patience)]
    public async Task Where_TLS_that_was_needed_fails_QUIC_is_tried_behind_it_and_remembered()
    {
        await FallBackAsync();

        var back = _transport.ConnectAsync(s_options, Cancel);
        (await _tls.NextAsync()).Fail(TransportError.Unreachable, "the port is closed.");
        (await _quic.NextAsync()).Source.SetResult(new ScriptedConnection(TransportKind.Quic));
        (await back).Kind.ShouldBe(TransportKind.Quic);

        var again = _transport.ConnectAsync(s_options, Cancel);
        (await _quic.NextAsync()).Source.SetResult(new ScriptedConnection(TransportKind.Quic));
        await again;
    }

    [Fact(Timeout = Patience)]
    public async Task Without_the_library_TLS_is_used_and_its_failure_says_that_QUIC_is_missing()
    {
        await using var transport = new QuicOrTlsTransport(() => throw new TransportException(TransportError.NotInstalled, "Install libngtcp2."), _tls, _time);

        var connecting = transport.ConnectAsync(s_options, Cancel);
        (await _tls.NextAsync()).Source.SetResult(new ScriptedConnection(TransportKind.Tls));
        (await connecting).Kind.ShouldBe(TransportKind.Tls);

        var failing = transport.ConnectAsync(s_options, Cancel);
        (await _tls.NextAsync()).Fail(TransportError.Unreachable, "the port is closed.");
        (await Should.ThrowAsync<TransportException>(() => failing)).Message.ShouldBe("Over QUIC: Install libngtcp2. Over TLS on TCP: the port is closed.");
        (await Should.ThrowAsync<TransportException>(() => transport.ListenAsync(TransportPair.Listen(), Cancel))).Error.ShouldBe(TransportError.NotInstalled);
    }

    [Fact(Timeout = Patience)]
    public async Task A_cancelled_connect_calls_both_off()
    {
        using var impatience = new CancellationTokenSource();
        var connecting = _transport.ConnectAsync(s_options, impatience.Token);
        var quic = await _quic.NextAsync();
        _time.Advance(TimeSpan.FromSeconds(2));
        var tls = await _tls.NextAsync();

        await impatience.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => connecting);
        await Should.ThrowAsync<OperationCanceledException>(() => quic.Source.Task);
        await Should.ThrowAsync<OperationCanceledException>(() => tls.Source.Task);
    }

    private async Task FallBackAsync()
    {
        var connecting = _transport.ConnectAsync(s_options, Cancel);
        (await _quic.NextAsync()).Fail(TransportError.Unreachable, "nobody answers.");
        (await _tls.NextAsync()).Source.SetResult(new ScriptedConnection(TransportKind.Tls));
        (await connecting).Kind.ShouldBe(TransportKind.Tls);
    }
}
