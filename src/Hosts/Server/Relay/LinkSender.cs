using System.Buffers;
using System.Collections.Concurrent;
using Skytale.Application.Names;
using Skytale.Protocol;
using Skytale.Protocol.Envelopes;
using Skytale.Protocol.Frames;
using Skytale.Protocol.Transport;

namespace Skytale.Server.Relay;

/// <summary>
/// What goes out on a link: answers, and what waits in the mailboxes of its names, of which it takes no more than one write's
/// worth. So a receiver that reads no more lags in its mailboxes alone.
/// </summary>
internal sealed class LinkSender(ITransportStream stream, OpenedLink link)
{
    private const int WriteSize = 64 << 10;

    /// <summary>Answers that wait; who has more does not read them.</summary>
    private const int MaxAnswers = 1_024;

    private readonly ConcurrentQueue<AnswerFrame> _answers = new();
    private volatile Refused? _last;

    /// <summary>Puts an answer in front of what waits.</summary>
    /// <exception cref="ProtocolException"><see cref="ErrorCode.RateLimited"/>: too many wait.</exception>
    public void Answer(AnswerFrame answer)
    {
        if (_answers.Count >= MaxAnswers)
            throw new ProtocolException(ErrorCode.RateLimited, $"{MaxAnswers} answers wait to be read.");
        _answers.Enqueue(answer);
        link.Wake();
    }

    /// <summary>Has the link's end said: after that nothing goes out.</summary>
    public void End(Refusal why)
    {
        _last = why.ToFrame(default);
        link.Wake();
    }

    /// <summary>Sends until the end was said.</summary>
    /// <exception cref="TransportException">The receiver has left the stream.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var packer = new EnvelopePacker();
        var mail = new List<Envelope>();
        var buffer = new ArrayBufferWriter<byte>();
        while (true)
        {
            var changed = link.Changed;
            if (_last is { } last)
            {
                await stream.WriteAsync(FrameCodec.Encode(last), endStream: true, cancellationToken);
                return;
            }
            while (buffer.WrittenCount < WriteSize && _answers.TryDequeue(out var answer))
                FrameCodec.Encode(answer, buffer);
            link.Take(WriteSize - buffer.WrittenCount, mail);
            foreach (var envelope in mail)
                FrameCodec.Encode(new DeliverEnvelope(packer.Pack(envelope)), buffer);
            mail.Clear();

            if (buffer.WrittenCount == 0)
            {
                await changed.WaitAsync(cancellationToken);
                continue;
            }
            await stream.WriteAsync(buffer.WrittenMemory, cancellationToken: cancellationToken);
            // A large envelope's room is not kept for as long as the link lives.
            if (buffer.Capacity > 4 * WriteSize)
                buffer = new ArrayBufferWriter<byte>();
            buffer.ResetWrittenCount();
        }
    }
}
