using System.Buffers;
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
    /// <summary>So much is written before what was written before it has to be taken.</summary>
    private const int PartSize = 64 << 10;

    private readonly SemaphoreSlim _turn = new(1, 1);
    private bool _isStuck;

    /// <summary>True when the application would be sent more than it takes.</summary>
    public static bool IsTooLong(Message message) => message.CalculateSize() > GrpcCall.MaxMessageSize;

    /// <exception cref="GrpcException"><see cref="GrpcStatus.ResourceExhausted"/>: it takes nothing.</exception>
    public async ValueTask SendAsync(Message message, CancellationToken cancellationToken)
    {
        var length = GrpcCall.PrefixSize + message.CalculateSize();
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_isStuck)
                throw Stuck();
            if (length <= PartSize)
            {
                Write(message, call.Output.GetSpan(length)[..length]);
                call.Output.Advance(length);
                await FlushAsync(cancellationToken);
            }
            else
            {
                await SendInPartsAsync(message, length, cancellationToken);
            }
        }
        catch (TimeoutException)
        {
            _isStuck = true;
            throw Stuck();
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private GrpcException Stuck() => new(GrpcStatus.ResourceExhausted, $"The application has taken nothing for {patience.TotalSeconds} s.", takesNothing: true);

    /// <summary>Whoever takes a large message slowly takes a part of it now and then.</summary>
    private async Task SendInPartsAsync(Message message, int length, CancellationToken cancellationToken)
    {
        var whole = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            Write(message, whole.AsSpan(0, length));
            for (var sent = 0; sent < length; sent += PartSize)
            {
                call.Output.Write(whole.AsSpan(sent, Math.Min(PartSize, length - sent)));
                await FlushAsync(cancellationToken);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(whole);
        }
    }

    private static void Write(Message message, Span<byte> whole)
    {
        whole[0] = 0;
        BinaryPrimitives.WriteInt32BigEndian(whole[1..], whole.Length - GrpcCall.PrefixSize);
        message.WriteTo(whole[GrpcCall.PrefixSize..]);
    }

    /// <exception cref="TimeoutException">Nothing of what was written before was taken.</exception>
    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        var flushed = call.Output.FlushAsync(cancellationToken);
        if (!flushed.IsCompletedSuccessfully)
            await flushed.AsTask().WaitAsync(patience, time, cancellationToken);
    }
}
