using System.Net;
using Skytale.Protocol.Transport;

namespace Skytale.Conformance;

/// <summary>
/// What every transport promises, in four files: streams, flow control, endings, and connecting. An adapter derives from
/// it, says how it is made, and passes.
/// </summary>
public abstract partial class TransportConformance : IAsyncLifetime
{
    /// <summary>A hang is a failure after this many milliseconds.</summary>
    protected const int Patience = 60_000;

    private static int s_unobserved;

    static TransportConformance() => TaskScheduler.UnobservedTaskException += (_, e) =>
    {
        if (e.Exception.InnerExceptions.Any(inner => inner is TransportException))
            Interlocked.Increment(ref s_unobserved);
    };

    protected ITransport Transport { get; private set; } = null!;

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A new transport that finds what it listens for itself.</summary>
    protected abstract ITransport CreateTransport();

    /// <summary>Waits until the transport holds nothing any more: no connection, no stream, no memory.</summary>
    protected abstract Task HoldsNothingAsync(ITransport transport);

    public ValueTask InitializeAsync()
    {
        Transport = CreateTransport();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await Transport.DisposeAsync();
        await HoldsNothingAsync(Transport);
        GC.SuppressFinalize(this);
    }

    protected Task<TransportPair> PairAsync(TransportLimits? serverLimits = null, TransportLimits? clientLimits = null) =>
        TransportPair.CreateAsync(Transport, Cancel, serverLimits, clientLimits);

    /// <summary>The transport's own exception, with the kind that is expected.</summary>
    protected static async Task<TransportException> ShouldFailAsync(TransportError error, Func<Task> action)
    {
        var exception = await Should.ThrowAsync<TransportException>(action);
        exception.Error.ShouldBe(error, exception.ToString());
        return exception;
    }

    /// <summary>What the peer sees of a close's reason; its code is always seen.</summary>
    protected virtual string ReasonSeen(string reason) => reason;

    /// <summary>An address that does not answer. Here: it was bound and let go, and over UDP nobody says so.</summary>
    protected virtual async Task<IPEndPoint> NobodyAsync()
    {
        var listener = await Transport.ListenAsync(TransportPair.Listen(), Cancel);
        var address = listener.LocalEndPoint;
        await listener.DisposeAsync();
        return address;
    }
}
