namespace Skytale.Names;

/// <summary>Which mailboxes an address means. Not for concurrent use.</summary>
internal sealed class Routes
{
    private readonly Dictionary<Prefix, Dictionary<Address, List<Mailbox>>> _names = [];
    private readonly List<Mailbox> _chosen = [];
    private readonly HashSet<LinkId> _links = [];
    private uint _turn;

    public void Add(Mailbox mailbox)
    {
        var name = mailbox.Key.Name;
        if (!_names.TryGetValue(name.Prefix, out var names))
            _names.Add(name.Prefix, names = []);
        if (!names.TryGetValue(name, out var mailboxes))
            names.Add(name, mailboxes = []);
        mailboxes.Add(mailbox);
    }

    public void Remove(Mailbox mailbox)
    {
        var name = mailbox.Key.Name;
        var names = _names[name.Prefix];
        names[name].Remove(mailbox);
        if (names[name].Count > 0)
            return;
        names.Remove(name);
        if (names.Count == 0)
            _names.Remove(name.Prefix);
    }

    /// <summary>The mailboxes for an envelope from a link: one copy a link, none to where it came from. Valid until the next call.</summary>
    /// <param name="source">The sender, who is not sent its own either when it is away.</param>
    /// <param name="organization">The text of the destination's first component; null: by its hash alone.</param>
    /// <param name="one">One of them is enough: they take turns, and those that are away only have one where no other is.</param>
    public IReadOnlyList<Mailbox> Choose(Link from, Address source, Address destination, string? organization, bool one)
    {
        _chosen.Clear();
        _links.Clear();
        if (_names.TryGetValue(destination.Prefix, out var names))
        {
            if (destination.Id == Protocol.Envelopes.SlimNameId.Any)
            {
                foreach (var mailboxes in names.Values)
                    Gather(mailboxes, from, source, organization);
            }
            else if (names.TryGetValue(destination, out var mailboxes))
            {
                Gather(mailboxes, from, source, organization);
            }
        }
        if (one && _chosen.Count > 1)
            KeepOne();
        return _chosen;
    }

    private void Gather(List<Mailbox> mailboxes, Link from, Address source, string? organization)
    {
        foreach (var mailbox in mailboxes)
        {
            var isSenders = mailbox.Link is null ? mailbox.Key.Subscriber == source : mailbox.Link == from;
            if (!isSenders && mailbox.IsOf(organization) && _links.Add(mailbox.LastLink))
                _chosen.Add(mailbox);
        }
    }

    private void KeepOne()
    {
        if (_chosen.Exists(mailbox => mailbox.Link is not null))
            _chosen.RemoveAll(mailbox => mailbox.Link is null);
        var chosen = _chosen[(int)(_turn++ % (uint)_chosen.Count)];
        _chosen.Clear();
        _chosen.Add(chosen);
    }
}
