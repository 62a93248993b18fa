using Skytale.Mls.Codec;
using Skytale.Protocol;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>A message on its way out, with its plaintext until the relay has it: another epoch needs it encrypted anew.</summary>
internal sealed class Outgoing(MessageId id, TlsWriter plaintext, CancellationToken givenUp)
{
    private readonly TaskCompletionSource<SentMessage> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public MessageId Id { get; } = id;

    /// <summary>Made when it is first encrypted, so that what is never sent leaves no gap in the numbers.</summary>
    public MessageHeader? Header { get; set; }

    public ReadOnlySpan<byte> Plaintext => plaintext.WrittenSpan;

    /// <summary>Bytes of the plaintext.</summary>
    public int Size { get; } = plaintext.Length;

    /// <summary>Completes when the relay has accepted it, or it will not be sent.</summary>
    public Task<SentMessage> Done => _done.Task;

    /// <summary>True when nobody waits for it any more: one that was not sent yet is not.</summary>
    public bool IsGivenUp => givenUp.IsCancellationRequested;

    /// <summary>Encrypted in the epoch in which it is sent.</summary>
    public Opaque Ciphertext { get; set; }

    /// <summary>Epochs that it lost to others' commits.</summary>
    public int Lost { get; set; }

    /// <summary>Connections that it lost.</summary>
    public int Attempts { get; set; }

    /// <summary>Completes, never faults, when it was answered or its connection ended.</summary>
    public Task Answered { get; set; } = Task.CompletedTask;

    /// <summary>Why it was not accepted.</summary>
    public Refusal? Refusal { get; set; }

    /// <summary>Why it was not answered.</summary>
    public Exception? Failure { get; set; }

    public void Accept(Sequence sequence)
    {
        plaintext.Dispose();
        _done.TrySetResult(new SentMessage(Id, sequence));
    }

    public void Fail(Exception failure)
    {
        plaintext.Dispose();
        // Who gave up does not look, and the finaliser is not to complain of it.
        if (_done.TrySetException(failure))
            _ = _done.Task.Exception;
    }
}
