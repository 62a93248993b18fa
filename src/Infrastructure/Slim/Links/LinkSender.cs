using System.Buffers.Binary;
using Google.Protobuf;
using Skytale.Slim.Grpc;
using Skytale.SlimWire.Messages;

namespace Skytale.Slim.Links;

/// <summary>
/// Writes messages to the application, each whole, for any number of callers. An application that takes nothing holds its callers
/// back, and after <paramref name="patience"/> its link is over.
/// </summary>
internal sealed class LinkSender(GrpcCall call, TimeSpan patience, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>True when the application would be sent more than it takes.</summary>
    public static bool IsTooLong(Message message) => message.CalculateSize() > GrpcCall.MaxMessageSize;

    /// <exception cref="GrpcException"><see cref="GrpcStatus.ResourceExhausted"/>: it takes nothing.</exception>
    public async ValueTask SendAsync(Message message, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            Write(message);
            var flushed = call.Output.FlushAsync(cancellationToken);
            if (!flushed.IsCompletedSuccessfully)
                await flushed.AsTask().WaitAsync(patience, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            call.Abort();
            throw new GrpcException(GrpcStatus.ResourceExhausted, $"The application has taken nothing for {patience.TotalSeconds} s.");
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private void Write(Message message)
    {
        var length = message.CalculateSize();
        var whole = call.Output.GetSpan(GrpcCall.PrefixSize + length)[..(GrpcCall.PrefixSize + length)];
        whole[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(whole[1..], length);
        message.WriteTo(whole[GrpcCall.PrefixSize..]);
        call.Output.Advance(whole.Length);
    }
}
