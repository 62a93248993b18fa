using Skytale.Mls.Crypto;
using Skytale.Mls.Messages;
using Skytale.Protocol;
using Skytale.Protocol.Transport;
using Skytale.Sdk;

namespace Skytale.Agent.Channels;

/// <summary>
/// How far a channel's application is, and how far its store. Two places, because keys go ahead of reading: up to
/// <see cref="Done"/> everything was acknowledged or passed, and each acknowledgement is stored; up to
/// <see cref="Cursor"/> the others' ratchets are stored too, once in a while. The relay is told of the cursor. After a
/// crash what is between the two is fetched and opened again and not shown. Used under the session's gate.
/// </summary>
internal sealed class Progress : IDisposable
{
    /// <summary>Messages that are opened between two marks.</summary>
    private const int BetweenMarks = 64;

    /// <summary>How long a channel is at rest before its ratchets are stored.</summary>
    private static readonly TimeSpan Rest = TimeSpan.FromMilliseconds(200);

    private readonly ChannelSession _session;
    private readonly List<RatchetMark> _passed = [];
    private readonly ITimer _atRest;
    private Epoch _storedEpoch;
    private bool _isTimed;
    private Sequence _opened;
    private int _sinceMark;

    /// <param name="cursor">Of the store.</param>
    /// <param name="done">What was acknowledged, by the store.</param>
    public Progress(ChannelSession session, Epoch storedEpoch, Sequence cursor, Sequence done, Sequence shown)
    {
        (_session, _storedEpoch, Cursor, Shown) = (session, storedEpoch, cursor, shown);
        Done = done > cursor ? done : cursor;
        _opened = cursor;
        _atRest = session.Context.Time.CreateTimer(static state => _ = ((Progress)state!).RestAsync(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What is stored is as of here.</summary>
    public Sequence Cursor { get; private set; }

    /// <summary>Everything up to here is done with.</summary>
    public Sequence Done { get; private set; }

    /// <summary>The newest message that was ever shown to the application.</summary>
    public Sequence Shown { get; private set; }

    /// <summary>A message was opened: the ratchets are as of here. Where many were, a mark goes into the inbox behind it.</summary>
    public void Opened(Sequence at)
    {
        _opened = at;
        if (++_sinceMark < BetweenMarks)
            return;
        _sinceMark = 0;
        _session.Inbox.Add(new RatchetMark(at, _session.Head, _session.Head.Group.SerializeReceiving()));
    }

    /// <summary>The application is done with what is in front of here; the newest that it was shown. Both survive a crash of the process.</summary>
    public void Advance(Sequence done, Sequence shown)
    {
        if (done > Done || shown > Shown)
            _session.WriteProgress(done, shown);
        Shown = shown > Shown ? shown : Shown;
        Pass(done);
    }

    /// <summary>An entry was passed that nobody acknowledges.</summary>
    public void Pass(Sequence at)
    {
        Done = at > Done ? at : Done;
        if (Done > Cursor && !_isTimed)
            _isTimed = _atRest.Change(Rest, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A mark was passed; whether it can be stored, parts of messages decide that are in front of it.</summary>
    public void Pass(RatchetMark mark)
    {
        Pass(mark.Sequence);
        _passed.Add(mark);
        StoreMarks();
    }

    /// <summary>Stores the newest mark that no part of an unfinished message stands in front of.</summary>
    public void StoreMarks()
    {
        var first = _session.Parts.First;
        var storable = _passed.FindLastIndex(mark => first is null || mark.Sequence < first);
        if (storable < 0)
            return;
        var newest = _passed[storable];
        if (newest.Sequence > Cursor)
            Store(newest.Sequence, newest.Epoch, newest.Receiving);
        foreach (var mark in _passed[..(storable + 1)])
            mark.Dispose();
        _passed.RemoveRange(0, storable + 1);
    }

    /// <summary>Stores the ratchets as they are, where everything that was opened is done with.</summary>
    public void Settle()
    {
        if (Done <= Cursor || _session.InFlight is not null || _session.Reading != _session.Head || _opened > Done || _session.Parts.First is not null)
            return;
        using var receiving = _session.Head.Group.SerializeReceiving();
        Store(Done, _session.Head, receiving);
        Forget();
    }

    /// <summary>This agent was added again: the new stay was stored at its beginning.</summary>
    public void Enter(Epoch epoch, Sequence at)
    {
        Forget();
        (_storedEpoch, _opened) = (epoch, at);
        Cursor = at;
    }

    /// <summary>The epoch's keys are gone: what was marked in it cannot be stored any more.</summary>
    public void Leave(EpochHandle epoch)
    {
        foreach (var mark in _passed.Where(mark => mark.Epoch == epoch))
            mark.Dispose();
        _passed.RemoveAll(mark => mark.Epoch == epoch);
    }

    /// <summary>Tells the relay how far the cursor is. A connection that is gone will be told by the next one.</summary>
    public void Tell()
    {
        if (_session.Delivery is { } delivery)
            _ = TellAsync(delivery);
    }

    public void Dispose()
    {
        _atRest.Dispose();
        Forget();
    }

    private void Store(Sequence at, EpochHandle epoch, Secret receiving)
    {
        _session.WriteRead(at, transaction =>
        {
            if (epoch.Epoch != _storedEpoch)
            {
                ChannelSession.WriteEpoch(transaction, _session.Id, epoch, receiving, at);
                return;
            }
            transaction.PutReceiving(_session.Id, receiving);
            transaction.PutCursor(_session.Id, at);
        });
        _storedEpoch = epoch.Epoch;
        Cursor = at;
        Tell();
    }

    private async Task TellAsync(RelayLink.Delivery delivery)
    {
        try
        {
            await delivery.AcknowledgeAsync(Cursor).ConfigureAwait(false);
        }
        catch (TransportException)
        {
            // The next connection is told when its delivery begins.
        }
    }

    private async Task RestAsync()
    {
        try
        {
            await _session.LockedAsync(
                () =>
                {
                    _isTimed = false;
                    if (!_session.IsDisposed)
                        Settle();
                    return true;
                },
                CancellationToken.None).ConfigureAwait(false);
        }
        catch (SkytaleException)
        {
            // The session is broken by it, and whoever uses the channel is told.
        }
    }

    private void Forget()
    {
        foreach (var mark in _passed)
            mark.Dispose();
        _passed.Clear();
        _sinceMark = 0;
    }
}
