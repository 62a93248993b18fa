using System.Threading.Channels;
using Skytale.Protocol.Transport;

namespace Skytale.Infrastructure.Tests.Transport;

/// <summary>A transport whose connects the test answers one by one.</summary>
internal sealed class ScriptedTransport : ITransport
{
    private readonly Channel<Attempt> _attempts = Channel.CreateUnbounded<Attempt>();

    /// <summary>A connect that was called off goes on, as one does that is just arriving.</summary>
    internal bool IsDeaf { get; set; }

    internal int Begun { get; private set; }

    public Task<ITransportConnection> ConnectAsync(TransportConnectOptions options, CancellationToken cancellationToken = default)
    {
        var attempt = new Attempt(options);
        if (!IsDeaf)
            cancellationToken.Register(() => attempt.Source.TrySetCanceled(cancellationToken));
        Begun++;
        _attempts.Writer.TryWrite(attempt);
        return attempt.Source.Task;
    }

    public Task<ITransportListener> ListenAsync(TransportListenOptions options, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The next connect, once it has begun.</summary>
    internal ValueTask<Attempt> NextAsync() => _attempts.Reader.ReadAsync(TestContext.Current.CancellationToken);

    internal sealed record Attempt(TransportConnectOptions Options)
    {
        internal TaskCompletionSource<ITransportConnection> Source { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal void Fail(TransportError error, string message) => Source.SetException(new TransportException(error, message));
    }
}
