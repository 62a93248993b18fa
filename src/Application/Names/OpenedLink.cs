using Skytale.Application.Delivery;
using Skytale.Names;
using Skytale.Protocol.Envelopes;

namespace Skytale.Application.Names;

/// <summary>A link in use: what waits for it is taken by one caller at a time. Disposing leaves it, and its mailboxes stay for a while.</summary>
public sealed class OpenedLink : IDisposable
{
    private readonly ActiveNames _names;
    private readonly Signal _signal;
    private bool _isLeft;

    internal OpenedLink(ActiveNames names, Link link, Signal signal) => (_names, Link, _signal) = (names, link, signal);

    /// <summary>Whose it is.</summary>
    public LinkOwner Owner => Link.Owner;

    /// <summary>Completes when there is something again. To miss nothing: take it, look, then await it.</summary>
    public Task Changed => _signal.Next;

    internal Link Link { get; }

    /// <summary>Takes the oldest that waits, about so many bytes of it; one at least where there is one.</summary>
    public void Take(int bytes, ICollection<Envelope> into) => _names.Take(Link, bytes, into);

    /// <summary>Completes <see cref="Changed"/>, for what else its taker waits for.</summary>
    public void Wake() => _signal.Pulse();

    public void Dispose()
    {
        if (_isLeft)
            return;
        _isLeft = true;
        _names.Close(this);
    }
}
