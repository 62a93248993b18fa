using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Skytale.LivePeers.Tests.Peers;

namespace Skytale.LivePeers.Tests.Quic;

/// <summary>The program of tests/LivePeers/QuicGo in a process of its own; what it says comes line by line.</summary>
internal sealed class QuicGoPeer : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly ConcurrentQueue<string> _all = new();
    private readonly Task _reading;

    private QuicGoPeer(Process process)
    {
        _process = process;
        _reading = ReadAsync();
    }

    /// <summary>Starts it; the test is skipped where scripts/install-peers could not build it.</summary>
    internal static QuicGoPeer Start(params string[] arguments)
    {
        if (Installation.QuicGoReason is { } reason)
            Assert.Skip(reason);
        var start = new ProcessStartInfo(Installation.QuicGo, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        return new QuicGoPeer(Process.Start(start) ?? throw new InvalidOperationException("The peer did not start."));
    }

    /// <summary>Starts a client that trusts this certificate.</summary>
    internal static QuicGoPeer StartClient(string command, IPEndPoint server, string trusted, params string[] arguments) =>
        Start([command, "-to", server.ToString(), "-root", trusted, .. arguments]);

    /// <summary>Starts a server; gives its address and certificate too.</summary>
    internal static async Task<(QuicGoPeer Peer, IPEndPoint Address, X509Certificate2 Certificate)> StartServerAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var peer = Start(["server", .. arguments]);
        var words = (await peer.WaitForAsync("listening", cancellationToken)).Split(' ');
        return (peer, IPEndPoint.Parse(words[0]), X509CertificateLoader.LoadCertificate(Convert.FromBase64String(words[1])));
    }

    /// <summary>How many lines with this first word have come so far.</summary>
    internal int Count(string word) => _all.Count(line => line.StartsWith(word + " ", StringComparison.Ordinal));

    /// <summary>The rest of the next line with this first word; the lines before it are passed over.</summary>
    internal async Task<string> WaitForAsync(string word, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                var line = await _lines.Reader.ReadAsync(cancellationToken);
                if (line.StartsWith(word + " ", StringComparison.Ordinal))
                    return line[(word.Length + 1)..];
            }
        }
        catch (ChannelClosedException e)
        {
            throw new ShouldAssertException($"The peer ended without a line \"{word}\". It said: {string.Join(" | ", _all)}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        await _reading;
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            _all.Enqueue(line);
            _lines.Writer.TryWrite(line);
        }
        _lines.Writer.Complete();
    }
}
