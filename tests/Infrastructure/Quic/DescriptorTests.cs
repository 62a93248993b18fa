using System.Net;
using System.Runtime.InteropServices;
using Skytale.Conformance;
using Skytale.Protocol.Transport;
using Skytale.Quic.Ngtcp2;

namespace Skytale.Infrastructure.Tests.Quic;

/// <summary>A process that has no file descriptor left.</summary>
public sealed class DescriptorTests
{
    private const int Patience = 60_000;
    private const int RlimitNoFile = 7; // getrlimit(2)

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>In a process of its own: the limit is the process's.</summary>
    [Fact(Timeout = Patience)]
    [Trait("Category", "Slow")]
    public Task Descriptors_that_run_out_cost_no_socket() => OwnProcess.RunAsync(typeof(DescriptorTests), nameof(A_loop_that_gets_no_descriptor_gives_its_socket_back));

    [Fact(Explicit = true, Timeout = Patience)]
    public async Task A_loop_that_gets_no_descriptor_gives_its_socket_back()
    {
        await using var transport = new Ngtcp2Transport();
        IPEndPoint free;
        await using (var listener = await transport.ListenAsync(TransportPair.Listen(), Cancel))
        {
            free = listener.LocalEndPoint;
            // What a failure needs of the runtime is loaded by the first.
            await Should.ThrowAsync<TransportException>(() => transport.ListenAsync(TransportPair.Listen() with { LocalEndPoint = free }, Cancel));
        }
        var options = TransportPair.Listen() with { LocalEndPoint = free };
        getrlimit(RlimitNoFile, out var before).ShouldBe(0);

        // The lowest free number is the next that is given; somewhere behind the socket's own the loop's is missing.
        nuint next;
        using (var probe = File.OpenHandle("/dev/null"))
            next = (nuint)probe.DangerousGetHandle();
        var failure = "";
        for (nuint left = 1; !failure.Contains("eventfd", StringComparison.Ordinal); left++)
            failure = await FailureAsync(transport, options, before, next + left);

        await using var again = await transport.ListenAsync(options, Cancel);
        again.LocalEndPoint.ShouldBe(free);
    }

    private static async Task<string> FailureAsync(Ngtcp2Transport transport, TransportListenOptions options, Limit before, nuint limit)
    {
        setrlimit(RlimitNoFile, before with { Soft = limit }).ShouldBe(0);
        try
        {
            var failure = await Should.ThrowAsync<TransportException>(() => transport.ListenAsync(options, Cancel));
            failure.Error.ShouldBe(TransportError.CannotListen);
            return failure.Message;
        }
        finally
        {
            setrlimit(RlimitNoFile, before).ShouldBe(0);
        }
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int getrlimit(int resource, out Limit limit);

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int setrlimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private record struct Limit(nuint Soft, nuint Hard);
}
