using Skytale.Mls.Codec;
using Skytale.Mls.Crypto;
using Skytale.Mls.Framing;
using Skytale.Mls.Messages;

namespace Skytale.Mls.Groups;

/// <summary>
/// §15.2, §15.3: the last few epochs of a group, as far as reading their late application messages needs them. Each one
/// kept is one whose messages a thief of the state can read too, so they are few, and none by a limit of 0. Not for
/// concurrent use.
/// </summary>
public sealed class PastEpochs : IDisposable
{
    /// <summary>Epochs kept when the application does not say.</summary>
    public const int DefaultLimit = 5;

    /// <summary>The most that the application can ask for.</summary>
    public const int MaxLimit = 64;

    private const byte StateVersion = 1;

    // Ascending by epoch.
    private readonly List<PastEpoch> _epochs = [];

    /// <param name="limit">Epochs to keep, from 0 to <see cref="MaxLimit"/>.</param>
    public PastEpochs(int limit = DefaultLimit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxLimit);
        Limit = limit;
    }

    public int Limit { get; }

    /// <summary>The epochs that can be read, from the oldest.</summary>
    public IEnumerable<Epoch> Epochs => _epochs.Select(epoch => epoch.Context.Epoch);

    /// <summary>
    /// Takes over what reading the epoch needs, and zeroes the oldest epoch beyond the limit. The group's state reads
    /// nothing afterwards; the caller disposes it, and stores this together with the next epoch's state.
    /// </summary>
    /// <param name="old">The state of an epoch that a merge left, later than those before.</param>
    /// <exception cref="ArgumentException">It is of another group, or not later than what is kept.</exception>
    public void Add(MlsGroup old)
    {
        if (_epochs is [.., var last] && (last.Context.GroupId != old.GroupId || last.Context.Epoch >= old.Epoch))
            throw new ArgumentException($"epoch {old.Epoch} does not follow epoch {last.Context.Epoch} of the same group", nameof(old));
        if (Limit == 0)
            return;
        _epochs.Add(PastEpoch.TakeFrom(old));
        DropBeyondLimit();
    }

    /// <summary>§6.3: decrypts another member's application message of one of the epochs, and deletes its key.</summary>
    /// <returns>The message, with the sender's leaf and credential as they were in its epoch.</returns>
    /// <exception cref="MlsException">
    /// Why it does not open; <see cref="MlsError.WrongEpoch"/> when its epoch is not kept. What is kept is as it was.
    /// </exception>
    public UnprotectedMessage Unprotect(PrivateMessage message)
    {
        var epoch = _epochs.Find(epoch => epoch.Context.Epoch == message.Epoch)
            ?? throw new MlsException(MlsError.WrongEpoch, $"{message.Epoch} is not kept");
        return Unprotecting.Unprotect(epoch, message);
    }

    // struct {
    //     uint8 version = 1;
    //     PastEpoch epochs<V>;
    // } PastEpochsState;

    /// <summary>All of it, to be stored encrypted: after every <see cref="Add"/>, and every message read.</summary>
    public Secret Serialize()
    {
        using var writer = new TlsWriter();
        writer.WriteUInt8(StateVersion);
        var start = writer.BeginVector();
        foreach (var epoch in _epochs)
            epoch.WriteTo(writer);
        writer.EndVector(start);
        return Secret.Copy(writer.WrittenSpan);
    }

    /// <summary>What <see cref="Serialize"/> wrote; of more epochs than the limit the oldest are dropped.</summary>
    /// <exception cref="MlsException"><see cref="MlsError.InvalidState"/> or a codec error.</exception>
    public static PastEpochs Deserialize(ReadOnlySpan<byte> state, int limit = DefaultLimit)
    {
        var past = new PastEpochs(limit);
        using var copy = Secret.Copy(state);
        try
        {
            past.Read(copy);
            return past;
        }
        catch (MlsException)
        {
            past.Dispose();
            throw;
        }
    }

    /// <summary>Zeroes what is kept.</summary>
    public void Dispose()
    {
        foreach (var epoch in _epochs)
            epoch.Dispose();
        _epochs.Clear();
    }

    private void Read(Secret state)
    {
        var reader = new TlsReader(state.Memory);
        if (reader.ReadUInt8() != StateVersion)
            throw new MlsException(MlsError.InvalidState, "not past epochs of this version");
        var epochs = reader.ReadVectorReader();
        reader.ExpectEnd();
        while (epochs.Remaining > 0)
        {
            var epoch = PastEpoch.ReadFrom(ref epochs);
            var follows = _epochs is not [.., var last] || (last.Context.GroupId == epoch.Context.GroupId && last.Context.Epoch < epoch.Context.Epoch);
            _epochs.Add(epoch);
            if (!follows)
                throw new MlsException(MlsError.InvalidState, "epochs out of order or of several groups");
        }
        DropBeyondLimit();
    }

    private void DropBeyondLimit()
    {
        while (_epochs.Count > Limit)
        {
            _epochs[0].Dispose();
            _epochs.RemoveAt(0);
        }
    }
}
