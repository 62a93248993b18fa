using Skytale.Protocol.Transport;

namespace Skytale.Transport;

/// <summary>Somebody who wants a stream. It is either claimed by the loop, which then must answer, or cancelled; never both.</summary>
internal sealed class OpenStreamRequest
{
    private readonly TaskCompletionSource<ITransportStream> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _taken;

    internal Task<ITransportStream> Task => _source.Task;

    internal bool IsTaken => Volatile.Read(ref _taken) != 0;

    internal bool TryClaim() => Interlocked.Exchange(ref _taken, 1) == 0;

    internal void Answer(ITransportStream stream) => _source.SetResult(stream);

    internal void Fail(TransportException exception) => _source.SetException(exception);

    internal void TryFail(TransportException exception)
    {
        if (TryClaim())
            Fail(exception);
    }

    internal void TryCancel(CancellationToken cancellationToken)
    {
        if (TryClaim())
            _source.SetCanceled(cancellationToken);
    }
}
