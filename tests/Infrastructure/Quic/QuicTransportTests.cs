using System.Net.Quic;
using Skytale.Conformance.Memory;
using Skytale.Protocol.Transport;
using Skytale.Quic;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>Which QUIC a process gets, given what is installed.</summary>
public sealed class QuicTransportTests
{
    private readonly MemoryTransport _ngtcp2 = new(new MemoryNetwork());
    private readonly MemoryTransport _msQuic = new(new MemoryNetwork());

    [Fact]
    public void By_default_it_is_ngtcp2_where_that_is_installed() =>
        Create(QuicImplementation.Auto, () => _ngtcp2, () => throw new InvalidOperationException("not asked")).ShouldBeSameAs(_ngtcp2);

    [Fact]
    public void Without_ngtcp2_it_is_MsQuic() =>
        Create(QuicImplementation.Auto, () => throw Missing("ngtcp2 of another layout"), () => _msQuic).ShouldBeSameAs(_msQuic);

    [Fact]
    public void Without_both_it_says_what_to_install_of_either()
    {
        var exception = Should.Throw<TransportException>(() => Create(QuicImplementation.Auto, () => throw Missing("apt-get this"), () => throw Missing("install that")));

        exception.Error.ShouldBe(TransportError.NotInstalled);
        exception.Message.ShouldBe("No QUIC is installed. Ngtcp2: apt-get this Or MsQuic: install that");
    }

    [Fact]
    public void One_that_is_named_is_not_replaced_by_the_other()
    {
        Create(QuicImplementation.Ngtcp2, () => _ngtcp2, () => _msQuic).ShouldBeSameAs(_ngtcp2);
        Create(QuicImplementation.MsQuic, () => _ngtcp2, () => _msQuic).ShouldBeSameAs(_msQuic);
        Should.Throw<TransportException>(() => Create(QuicImplementation.Ngtcp2, () => throw Missing("apt-get this"), () => _msQuic)).Message.ShouldBe("apt-get this");
        Should.Throw<TransportException>(() => Create(QuicImplementation.MsQuic, () => _ngtcp2, () => throw Missing("install that"))).Message.ShouldBe("install that");
    }

    [Fact]
    public void Another_failure_is_not_taken_for_a_missing_library() =>
        Should.Throw<IOException>(() => Create(QuicImplementation.Auto, () => throw new IOException("no directory"), () => _msQuic));

    [Fact]
    public async Task What_is_installed_here_is_what_one_gets()
    {
        await using var chosen = QuicTransport.Create();
        await using var named = QuicTransport.Create(QuicImplementation.Ngtcp2);

        chosen.ShouldBeOfType<Ngtcp2Transport>();
        named.ShouldBeOfType<Ngtcp2Transport>();
        if (QuicListener.IsSupported)
            await QuicTransport.Create(QuicImplementation.MsQuic).DisposeAsync();
        else
            Should.Throw<TransportException>(() => QuicTransport.Create(QuicImplementation.MsQuic)).Message.ShouldContain("libmsquic");
    }

    private static ITransport Create(QuicImplementation choice, Func<ITransport> ngtcp2, Func<ITransport> msQuic) =>
        QuicTransport.Create(choice, [(QuicImplementation.Ngtcp2, ngtcp2), (QuicImplementation.MsQuic, msQuic)]);

    private static TransportException Missing(string message) => new(TransportError.NotInstalled, message);
}
