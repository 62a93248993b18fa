using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Transport;

namespace Skytale.Infrastructure.Tests.Transport;

/// <summary>The platform's callback, asked with real certificates as SslStream and System.Net.Quic ask it.</summary>
public sealed class ServerCheckTests
{
    private static readonly TransportConnectOptions s_pinned = TransportPair.ConnectTo(new IPEndPoint(IPAddress.Loopback, 1));
    private static readonly TransportConnectOptions s_unpinned = s_pinned with { PinnedCertificateHash = null };

    [Fact]
    public void The_pinned_certificate_is_accepted_whatever_the_platform_thinks_of_it()
    {
        var check = new ServerCheck(s_pinned);

        Ask(check, TestCertificates.Localhost).ShouldBeTrue();

        check.Refusal.ShouldBeNull();
        check.Hash.ToArray().ShouldBe(TestCertificates.LocalhostHash.ToArray());
    }

    [Fact]
    public void Another_certificate_is_refused_whatever_the_platform_thinks_of_it()
    {
        var check = new ServerCheck(s_pinned);

        Ask(check, TestCertificates.Other, errors: SslPolicyErrors.None).ShouldBeFalse();

        check.Refusal.ShouldNotBeNull().ShouldContain("pinned");
        check.Hash.Length.ShouldBe(0);
    }

    [Fact]
    public void No_certificate_is_refused()
    {
        var check = new ServerCheck(s_unpinned);

        check.Accepts(this, null, null, SslPolicyErrors.RemoteCertificateNotAvailable).ShouldBeFalse();

        check.Refusal.ShouldNotBeNull();
    }

    [Fact]
    public void An_intermediate_that_the_server_sent_leads_to_the_trusted_root()
    {
        using var chain = CertificateChain.Create("check");
        var options = s_unpinned with { TrustedRoots = [chain.Root] };
        var sent = new ServerCheck(options);
        var missing = new ServerCheck(options);

        Ask(sent, chain.EndEntity, extra: [chain.Intermediate]).ShouldBeTrue(sent.Refusal);
        Ask(missing, chain.EndEntity).ShouldBeFalse();

        sent.Hash.ToArray().ShouldBe(SHA256.HashData(chain.EndEntity.RawData));
        missing.Refusal.ShouldNotBeNull().ShouldContain("not trusted");
    }

    [Fact]
    public void An_intermediate_that_shows_in_the_built_chain_alone_counts_too()
    {
        using var certificates = CertificateChain.Create("built");
        using var built = new X509Chain();
        built.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        built.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        built.ChainPolicy.CustomTrustStore.Add(certificates.Root);
        built.ChainPolicy.ExtraStore.Add(certificates.Intermediate);
        built.Build(certificates.EndEntity).ShouldBeTrue();
        built.ChainPolicy.ExtraStore.Clear();
        var trusting = new ServerCheck(s_unpinned with { TrustedRoots = [certificates.Root] });
        var strange = new ServerCheck(s_unpinned with { TrustedRoots = [TestCertificates.Other] });

        trusting.Accepts(this, certificates.EndEntity, built, SslPolicyErrors.RemoteCertificateChainErrors).ShouldBeTrue(trusting.Refusal);
        strange.Accepts(this, certificates.EndEntity, built, SslPolicyErrors.None).ShouldBeFalse();
    }

    [Fact]
    public void The_name_must_fit()
    {
        var options = s_unpinned with { TrustedRoots = [TestCertificates.Localhost], ServerName = "relay.example" };
        var other = new ServerCheck(options);
        var address = new ServerCheck(options with { ServerName = "127.0.0.1" });

        Ask(other, TestCertificates.Localhost, errors: SslPolicyErrors.None).ShouldBeFalse();
        Ask(address, TestCertificates.Localhost).ShouldBeTrue(address.Refusal);

        other.Refusal.ShouldNotBeNull().ShouldContain("relay.example");
    }

    private bool Ask(ServerCheck check, X509Certificate2 certificate, X509Certificate2Collection? extra = null, SslPolicyErrors errors = SslPolicyErrors.RemoteCertificateChainErrors)
    {
        using var chain = new X509Chain { ChainPolicy = ServerCheck.Policy };
        chain.ChainPolicy.ExtraStore.AddRange(extra ?? []);
        return check.Accepts(this, certificate, chain, errors);
    }
}
