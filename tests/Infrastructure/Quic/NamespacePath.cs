using System.ComponentModel;
using System.Diagnostics;
using System.Net;
using System.Runtime.InteropServices;
using Skytale.Protocol.Transport;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>
/// A network namespace for the client, tied to this one by a pair of virtual interfaces that delay and lose (tc-netem(8)).
/// It needs root and a kernel with netem.
/// </summary>
internal sealed class NamespacePath : LongPath
{
    private const string Conditions = "delay 50ms loss 1%";

    // Of the range for measurements (RFC 2544), a network for each process.
    private static readonly string s_network = $"198.18.{Environment.ProcessId % 250}";
    private static readonly string s_name = $"sky{Environment.ProcessId}";
    private int _clientHost = 2;

    private NamespacePath()
    {
    }

    internal override string Description => "over network namespaces with netem";

    internal override IPAddress ServerAddress => IPAddress.Parse($"{s_network}.1");

    /// <summary>The path, or what the machine said why there is none.</summary>
    internal static async Task<(NamespacePath? Path, string? Reason)> TryCreateAsync()
    {
        var path = new NamespacePath();
        string[] commands =
        [
            $"ip netns add {s_name}",
            $"ip link add {s_name} type veth peer name client netns {s_name}",
            $"ip addr add {s_network}.1/24 dev {s_name}",
            $"ip link set {s_name} up",
            $"ip -n {s_name} addr add {s_network}.2/24 dev client",
            $"ip -n {s_name} link set client up",
            $"tc qdisc add dev {s_name} root netem {Conditions}",
            $"tc -n {s_name} qdisc add dev client root netem {Conditions}",
        ];
        foreach (var command in commands)
        {
            if (await RunAsync(command) is not { } error)
                continue;
            await path.DisposeAsync();
            return (null, $"{command}: {error}");
        }
        return (path, null);
    }

    /// <summary>A transport's first connect makes its socket on the caller's thread: that thread enters the namespace before.</summary>
    internal override Task<ITransportConnection> ConnectAsync(ITransport transport, IPEndPoint server, Func<IPEndPoint, TransportConnectOptions> options, CancellationToken cancellationToken)
    {
        var connecting = new TaskCompletionSource<Task<ITransportConnection>>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                using var handle = File.OpenHandle($"/run/netns/{s_name}");
                if (setns((int)handle.DangerousGetHandle(), 0) != 0)
                    throw new Win32Exception(Marshal.GetLastPInvokeError());
                connecting.SetResult(transport.ConnectAsync(options(server), cancellationToken));
            }
            catch (Exception e)
            {
                connecting.SetException(e); // The test's own failure.
            }
        }).Start();
        return connecting.Task.Unwrap();
    }

    internal override async Task RebindAsync()
    {
        await MustRunAsync($"ip -n {s_name} addr del {s_network}.{_clientHost++}/24 dev client");
        await MustRunAsync($"ip -n {s_name} addr add {s_network}.{_clientHost}/24 dev client");
    }

    internal override async Task SetDownAsync(bool isDown)
    {
        var conditions = isDown ? "loss 100%" : Conditions;
        await MustRunAsync($"tc qdisc change dev {s_name} root netem {conditions}");
        await MustRunAsync($"tc -n {s_name} qdisc change dev client root netem {conditions}");
    }

    /// <summary>The interfaces go with the namespace; what was not there cannot be removed, which is no matter.</summary>
    public override async ValueTask DisposeAsync()
    {
        _ = await RunAsync($"ip link del {s_name}");
        _ = await RunAsync($"ip netns del {s_name}");
    }

    private static async Task MustRunAsync(string command) => (await RunAsync(command)).ShouldBeNull(command);

    /// <summary>What went wrong; null: nothing.</summary>
    private static async Task<string?> RunAsync(string command)
    {
        var words = command.Split(' ');
        try
        {
            using var process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { UseShellExecute = false, RedirectStandardError = true })!;
            var error = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? null : error.Trim();
        }
        catch (Win32Exception e)
        {
            return e.Message; // There is no such program.
        }
    }

    [DllImport("libc", SetLastError = true)]
    private static extern int setns(int fd, int type);
}
