using Skytale.Application.Delivery;
using Skytale.Names;
using Skytale.Protocol;
using Skytale.Protocol.Envelopes;

namespace Skytale.Application.Names;

/// <summary>The SLIM names of this relay, in memory alone. Safe for use by several threads.</summary>
public sealed class ActiveNames(NameLimits limits, TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly NameTable _names = new(limits);
    private readonly LinkSignals _signals = new();

    /// <summary>Bytes that wait in all mailboxes.</summary>
    public long Bytes => Use((names, _) => names.Bytes);

    /// <summary>How many links are open.</summary>
    public int Links => Use((names, _) => names.Links);

    /// <summary>How many mailboxes there are.</summary>
    public int Mailboxes => Use((names, _) => names.Mailboxes);

    /// <summary>Envelopes that went with mailboxes that nobody took up, so far.</summary>
    public long NeverTaken => Use((names, _) => names.NeverTaken);

    /// <summary>Removes what nobody took up in time. To be called now and then, for times when nothing else happens.</summary>
    public void RemoveOld() => Use((names, now) =>
    {
        names.RemoveOld(now);
        return 0;
    });

    internal Result<OpenedLink> Open(LinkOwner owner)
    {
        var link = Use((names, _) => names.Open(owner));
        return link.IsSuccess ? new OpenedLink(this, link.Value, _signals.Listen(link.Value.Id)) : link.Refusal;
    }

    internal void Close(OpenedLink link)
    {
        Use((names, now) =>
        {
            names.Close(link.Link, now);
            return 0;
        });
        _signals.Release(link.Link.Id);
    }

    /// <summary>Takes the oldest that waits for a link, until there are so many bytes, or nothing is left. What was taken before has been sent.</summary>
    internal void Take(Link link, int bytes, ICollection<Envelope> into)
    {
        lock (_gate)
        {
            _names.Sent(link);
            for (var taken = 0; taken < bytes && _names.Take(link) is { } envelope; taken += EnvelopeLimits.SizeOf(envelope))
                into.Add(envelope);
        }
    }

    internal T Use<T>(Func<NameTable, DateTimeOffset, T> use)
    {
        lock (_gate)
            return use(_names, time.GetUtcNow());
    }

    /// <summary>Something waits for the link now.</summary>
    internal void Wake(Link link) => _signals.Pulse(link.Id);

    private sealed class LinkSignals : Signals<LinkId>;
}
