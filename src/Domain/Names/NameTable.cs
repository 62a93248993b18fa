using Skytale.Accounts;
using Skytale.Protocol;
using Skytale.Protocol.Envelopes;

namespace Skytale.Names;

/// <summary>
/// All SLIM names at one relay: links, what they have subscribed, and the mailboxes, which are the queues. A link takes from
/// the mailboxes of its names; one that is slow lags in them; when it goes they stay for a while. Not for concurrent use.
/// </summary>
/// <remarks>The time is a parameter and never goes back.</remarks>
public sealed class NameTable(NameLimits limits)
{
    private readonly Dictionary<MailboxKey, Mailbox> _mailboxes = [];
    private readonly Routes _routes = new();
    private readonly WaitingMail _mail = new(limits);
    private readonly Dictionary<AccountId, AccountUse> _accounts = [];
    private readonly LinkedList<(Mailbox Mailbox, DateTimeOffset Since)> _away = [];
    private ulong _lastLink;
    private ulong _lastNumber;

    /// <summary>Bytes that wait in all mailboxes.</summary>
    public long Bytes => _mail.Bytes;

    /// <summary>Envelopes that went with mailboxes that were away for too long, so far.</summary>
    public long NeverTaken { get; private set; }

    /// <summary>How many links are open.</summary>
    public int Links { get; private set; }

    /// <summary>How many mailboxes there are.</summary>
    public int Mailboxes => _mailboxes.Count;

    /// <summary>A new link, which has subscribed nothing.</summary>
    /// <returns>Refuses <see cref="ErrorCode.LimitReached"/>.</returns>
    public Result<Link> Open(LinkOwner owner)
    {
        var use = UseOf(owner.Account);
        if (use.Links >= limits.LinksPerAccount)
            return NameLimits.Reached($"{limits.LinksPerAccount} links of one account");
        use.Links++;
        Links++;
        return new Link(new LinkId(++_lastLink), owner);
    }

    /// <summary>The link is gone: its mailboxes are away from now on.</summary>
    public void Close(Link link, DateTimeOffset now)
    {
        Sent(link);
        foreach (var mailbox in link.Mailboxes.ToList())
        {
            link.Detach(mailbox);
            mailbox.Away = _away.AddLast((mailbox, now));
        }
        UseOf(link.Owner.Account).Links--;
        Links--;
        Forget(link.Owner.Account);
    }

    /// <summary>
    /// Subscribes a name for an application. Its mailbox, when there is one, comes with what waits in it: from being away, or
    /// from another link, which the application must have left without the relay's knowing yet.
    /// </summary>
    /// <returns>Null, or <see cref="ErrorCode.NameNotOwned"/>, <see cref="ErrorCode.OutOfScope"/>, <see cref="ErrorCode.LimitReached"/>.</returns>
    public Refusal? Subscribe(Link link, SubscriptionId id, SlimName subscriber, SlimName name, DateTimeOffset now)
    {
        RemoveOld(now);
        if (!link.Owner.Owns(subscriber) || !link.Owner.Owns(name))
            return NotOwned;
        if (!link.Owner.MayReceive(subscriber) || !link.Owner.MayReceive(name))
            return NotToReceive;
        var key = new MailboxKey(link.Owner.Account, Address.Of(subscriber), Address.Of(name));
        var known = _mailboxes.GetValueOrDefault(key);
        if (known is not null && known.Link == link && known.Subscriptions.Contains(id))
            return null;
        if (link.Subscriptions >= limits.SubscriptionsPerLink)
            return NameLimits.Reached($"{limits.SubscriptionsPerLink} subscriptions of one link");
        if (known is null && !TryMakeRoom(link.Owner.Account))
            return NameLimits.Reached($"{limits.MailboxesPerAccount} subscribed names of one account");

        var mailbox = known ?? Add(key, link.Owner.OrganizationOf(name));
        if (mailbox.Link != link)
            TakeUp(link, mailbox);
        mailbox.Subscriptions.Add(id);
        link.Subscriptions++;
        return null;
    }

    /// <summary>Takes a subscription back; with the last of a name its mailbox goes.</summary>
    /// <returns>Null, or <see cref="ErrorCode.NotFound"/>.</returns>
    public Refusal? Unsubscribe(Link link, SubscriptionId id, SlimName subscriber, SlimName name)
    {
        var key = new MailboxKey(link.Owner.Account, Address.Of(subscriber), Address.Of(name));
        if (!_mailboxes.TryGetValue(key, out var mailbox) || mailbox.Link != link || !mailbox.Subscriptions.Remove(id))
            return new Refusal(ErrorCode.NotFound, "The link has no such subscription.");
        link.Subscriptions--;
        if (mailbox.Subscriptions.Count == 0)
        {
            link.Detach(mailbox);
            Remove(mailbox);
        }
        return null;
    }

    /// <summary>Puts an envelope into the mailboxes of those whom it is for.</summary>
    /// <param name="reached">Given the links for which something waits now.</param>
    /// <returns>Refuses <see cref="ErrorCode.NameNotOwned"/>, <see cref="ErrorCode.OutOfScope"/>, <see cref="ErrorCode.InvalidRequest"/>: who sends such a one is no honest peer.</returns>
    public Result<Published> Publish(Link from, Envelope envelope, DateTimeOffset now, ICollection<Link> reached)
    {
        RemoveOld(now);
        if (!from.Owner.Owns(envelope.Source))
            return NotOwned;
        if (!from.Owner.MaySend(envelope.Source, envelope.Destination))
            return NotToSend;
        if (envelope.Ttl == 0)
            return new Refusal(ErrorCode.InvalidRequest, "An envelope has no hops left.");
        if (envelope.Ttl == 1)
            return new Published(IsExpired: true, 0, 0);

        var mailboxes = _routes.Choose(from, Address.Of(envelope.Source), Address.Of(envelope.Destination), envelope.Destination.Text?.Component0, one: envelope.Fanout == 1);
        if (mailboxes.Count == 0)
            return new Published(IsExpired: false, 0, 0);
        var (sent, size, number, dropped) = (envelope with { Ttl = envelope.Ttl - 1 }, EnvelopeLimits.SizeOf(envelope), ++_lastNumber, 0);
        foreach (var mailbox in mailboxes)
        {
            dropped += _mail.Put(mailbox, sent, number, size);
            if (mailbox.Link is { } link)
                reached.Add(link);
        }
        return new Published(IsExpired: false, mailboxes.Count, dropped);
    }

    /// <summary>Takes the oldest that waits for a link; null: nothing does. It counts for the account until <see cref="Sent"/>.</summary>
    public Envelope? Take(Link link)
    {
        if (link.NextFilled() is not { } mailbox)
            return null;
        var taken = _mail.TakeFirst(mailbox);
        link.UnderWay += taken.Size;
        mailbox.Account.Bytes += taken.Size;
        return taken.Envelope;
    }

    /// <summary>What was taken for the link is under way no more.</summary>
    public void Sent(Link link)
    {
        UseOf(link.Owner.Account).Bytes -= link.UnderWay;
        link.UnderWay = 0;
    }

    /// <summary>Removes the mailboxes that were away for too long. Every change does so by itself: this is for quiet times.</summary>
    public void RemoveOld(DateTimeOffset now)
    {
        while (_away.First is { } first && first.Value.Since + limits.Away <= now)
        {
            NeverTaken += first.Value.Mailbox.Count;
            Remove(first.Value.Mailbox);
        }
    }

    private static Refusal NotOwned { get; } = new(ErrorCode.NameNotOwned, "The name's first component is not an organisation of the account.");

    private static Refusal NotToReceive { get; } = new(ErrorCode.OutOfScope, "The token's scopes do not have 'receive' for this name.");

    private static Refusal NotToSend { get; } = new(ErrorCode.OutOfScope, "The token's scopes do not have 'send' for the destination, or are not about the source.");

    private void TakeUp(Link link, Mailbox mailbox)
    {
        if (mailbox.Away is { } away)
            _away.Remove(away);
        mailbox.Away = null;
        mailbox.Link?.Detach(mailbox);
        link.Attach(mailbox);
    }

    private bool TryMakeRoom(AccountId account)
    {
        if (UseOf(account).Mailboxes < limits.MailboxesPerAccount)
            return true;
        if (_away.FirstOrDefault(away => away.Mailbox.Key.Account == account).Mailbox is not { } oldest)
            return false;
        Remove(oldest);
        return true;
    }

    private Mailbox Add(MailboxKey key, string? organization)
    {
        var mailbox = new Mailbox(key, organization, UseOf(key.Account));
        _mailboxes.Add(key, mailbox);
        _routes.Add(mailbox);
        mailbox.Account.Mailboxes++;
        return mailbox;
    }

    /// <summary>A mailbox that no link has.</summary>
    private void Remove(Mailbox mailbox)
    {
        while (mailbox.Count > 0)
            _mail.TakeFirst(mailbox);
        if (mailbox.Away is { } away)
            _away.Remove(away);
        _mailboxes.Remove(mailbox.Key);
        _routes.Remove(mailbox);
        mailbox.Account.Mailboxes--;
        Forget(mailbox.Key.Account);
    }

    private AccountUse UseOf(AccountId account)
    {
        if (!_accounts.TryGetValue(account, out var use))
            _accounts.Add(account, use = new AccountUse());
        return use;
    }

    private void Forget(AccountId account)
    {
        if (_accounts.TryGetValue(account, out var use) && use.IsNothing)
            _accounts.Remove(account);
    }
}
