using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using Skytale.Cli.Homes;

namespace Skytale.Cli.Doctor;

/// <summary>The API server: is it there, is it the right one, does its clock agree, is it ready, is it of this version?</summary>
internal static class ServerCheck
{
    private const string ApiVersion = "1";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan SoonExpired = TimeSpan.FromDays(14);
    private static readonly TimeSpan SmallSkew = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LargeSkew = TimeSpan.FromMinutes(5);
    private static readonly string[] Names = ["api", "certificate", "clock", "ready", "version"];

    /// <summary>Five findings, always; with a server that is not there the others say so.</summary>
    public static async Task<IReadOnlyList<Finding>> RunAsync(ServerLocation server, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        ApiProbe? seen = null;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var probe = await ApiProbe.OpenAsync(server.Url, server.CertificateSha256, probe => seen = probe, patience.Token);
            using var live = await probe.GetAsync("/livez", patience.Token);
            findings.Add(Finding.Good("api", string.Create(CultureInfo.InvariantCulture,
                $"{server.ApiUrl}, {Words(probe.Protocol)}; TCP {probe.Connected.TotalMilliseconds:0.0} ms, TLS {probe.Secured.TotalMilliseconds:0.0} ms")));
            findings.Add(Certificate(probe, server.CertificateSha256, now));
            findings.Add(Clock(live.Headers.Date, now));
            findings.Add(await ReadyAsync(probe, patience.Token));
            findings.Add(await VersionAsync(probe, patience.Token));
        }
        catch (Exception failure) when (failure is SocketException or AuthenticationException or IOException or HttpRequestException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            findings.AddRange(NotThere(server, seen, failure).Skip(findings.Count));
        }
        finally
        {
            seen?.Dispose();
        }
        return findings;
    }

    /// <summary>All five, where there is no server to ask.</summary>
    public static IReadOnlyList<Finding> None(Failure why) => [Finding.Of(Names[0], why), .. Names.Skip(1).Select(name => Finding.NotTried(name, "there is no server to ask"))];

    private static IEnumerable<Finding> NotThere(ServerLocation server, ApiProbe? seen, Exception failure)
    {
        var untrusted = failure is AuthenticationException && seen?.Certificate is not null;
        yield return untrusted
            ? Finding.Bad(Names[0], $"{server.ApiUrl} shows a certificate that is not trusted", "The next line says more.")
            : Finding.Bad(Names[0], $"{server.ApiUrl} does not answer: {failure.Message}", failure is AuthenticationException ? "It must speak TLS 1.3: check the address and what stands in between." : "Start it (skytale-server), or check the address and the network.");
        yield return untrusted
            ? Finding.Bad(Names[1], $"SHA-256 {seen!.CertificateSha256}, not {server.CertificateSha256 ?? $"trusted by this system ({seen.Doubts})"}", server.CertificateSha256 is null
                ? "Pin the fingerprint that the server printed (--certificate), or give it a certificate that this system trusts."
                : "Somebody may stand in between, or the server has a new certificate: compare with the fingerprint that it printed.")
            : Finding.NotTried(Names[1], "the server does not answer");
        foreach (var name in Names.Skip(2))
            yield return Finding.NotTried(name, "the server does not answer");
    }

    private static Finding Certificate(ApiProbe probe, string? pin, DateTimeOffset now)
    {
        var certificate = probe.Certificate!;
        var until = new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
        var detail = string.Create(CultureInfo.InvariantCulture, $"{certificate.GetNameInfo(System.Security.Cryptography.X509Certificates.X509NameType.DnsName, forIssuer: false)}, until {until:u}, {(pin is null ? "trusted by this system" : "pinned")}");
        if (until < now)
            return Finding.Doubtful("certificate", $"{detail}: it has expired", "Only the pin makes it trusted; renew it on the server.");
        if (until - now < SoonExpired)
            return Finding.Doubtful("certificate", $"{detail}: it expires soon", "Renew it on the server, and pin the new one where it is pinned.");
        return pin is not null && probe.Doubts.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)
            ? Finding.Doubtful("certificate", $"{detail}: of another name than the address", "Use a name that stands in it, or trust the pin.")
            : Finding.Good("certificate", detail);
    }

    private static Finding Clock(DateTimeOffset? server, DateTimeOffset now)
    {
        if (server is not { } at)
            return Finding.Doubtful("clock", "the server does not say what time it is", "Something in between takes the Date header away.");
        var skew = (at - now).Duration();
        var detail = string.Create(CultureInfo.InvariantCulture, $"{skew.TotalSeconds:0} s from the server's");
        return skew > LargeSkew ? Finding.Bad("clock", detail, "Set the clock: tokens seem expired, or are from the future.")
            : skew > SmallSkew ? Finding.Doubtful("clock", detail, "Have the clock kept by NTP on both sides.")
            : Finding.Good("clock", detail);
    }

    private static async Task<Finding> ReadyAsync(ApiProbe probe, CancellationToken cancellationToken)
    {
        using var answer = await probe.GetAsync("/readyz", cancellationToken);
        return answer.IsSuccessStatusCode
            ? Finding.Good("ready", "the server has all that it needs")
            : Finding.Doubtful("ready", $"the server answers {(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync(cancellationToken)}", "Its operator can see why at /readyz and in its log.");
    }

    private static async Task<Finding> VersionAsync(ApiProbe probe, CancellationToken cancellationToken)
    {
        using var answer = await probe.GetAsync("/openapi.json", cancellationToken);
        var ours = typeof(ServerCheck).Assembly.GetName().Version!.ToString(3);
        var theirs = answer.IsSuccessStatusCode ? VersionIn(await answer.Content.ReadAsByteArrayAsync(cancellationToken)) : null;
        return theirs == ApiVersion
            ? Finding.Good("version", $"skytale {ours}; API {theirs}")
            : Finding.Doubtful("version", $"skytale {ours} knows API {ApiVersion}; the server has {theirs ?? "none that it describes"}", "Install the skytale of the server's version.");
    }

    private static string? VersionIn(byte[] description)
    {
        try
        {
            using var document = JsonDocument.Parse(description);
            return document.RootElement.GetProperty("info").GetProperty("version").GetString();
        }
        catch (Exception other) when (other is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            // Not this API's description, which is what is told.
            return null;
        }
    }

    private static string Words(SslProtocols protocol) => protocol == SslProtocols.Tls13 ? "TLS 1.3" : protocol.ToString();
}
