using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Threading.Channels;
using Skytale.Protocol.Transport;
using Skytale.Security;

namespace Skytale.Server.Certificates;

/// <summary>
/// Follows the operator's certificate: its files are looked at every ten seconds, and at once on SIGHUP. Looked at rather
/// than watched, because renewals move symbolic links, on file systems that do not tell. A new one is shown from then on and no
/// connection is dropped; one that is broken changes nothing and is logged, once.
/// </summary>
internal sealed class CertificateReload(ServerOptions options, CurrentCertificate current, TimeProvider time, ILogger<CertificateReload> log) : BackgroundService
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(10);

    // Several that ask at once are answered by one look.
    private readonly Channel<bool> _asked = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile byte[] _seen = [];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _seen = Fingerprint(); // What the server has started with.
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var hangup = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal =>
        {
            signal.Cancel = true; // Otherwise it ends the process.
            _seen = [];
            _asked.Writer.TryWrite(true);
        });
        using var timer = time.CreateTimer(_ => _asked.Writer.TryWrite(true), null, s_interval, s_interval);
        try
        {
            await foreach (var _ in _asked.Reader.ReadAllAsync(stoppingToken))
                LookAgain();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private void LookAgain()
    {
        try
        {
            var there = Fingerprint();
            if (there.AsSpan().SequenceEqual(_seen))
                return;
            _seen = there;
            var (path, keyPath, password) = options.Certificate;
            var next = ServerCertificate.Load(path!, keyPath, password);
            if (next.Refusal(time.GetUtcNow()) is { } refusal)
                throw new CryptographicException(refusal);
            current.Replace(next);
            log.Changed(next.Sha256, next.Certificate.NotAfter.ToUniversalTime());
        }
        catch (Exception e) when (e is CryptographicException or TransportException or IOException or UnauthorizedAccessException)
        {
            log.Kept(options.Certificate.Path!, e.Message, current.Value.Sha256, current.Value.Certificate.NotAfter.ToUniversalTime());
        }
    }

    /// <summary>Of certificate and key together: both change, not always at the same moment.</summary>
    private byte[] Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in new[] { options.Certificate.Path, options.Certificate.KeyPath })
        {
            if (path is not null)
                hash.AppendData(File.ReadAllBytes(path));
        }
        return hash.GetHashAndReset();
    }
}

internal static partial class CertificateLog
{
    [LoggerMessage(LogLevel.Information, "The certificate was changed: sha256 {Sha256}, valid until {NotAfter:u}")]
    public static partial void Changed(this ILogger log, string sha256, DateTime notAfter);

    [LoggerMessage(LogLevel.Error, "The new certificate in {Path} cannot be used: {Reason} The old one stays: sha256 {Sha256}, valid until {NotAfter:u}")]
    public static partial void Kept(this ILogger log, string path, string reason, string sha256, DateTime notAfter);
}
