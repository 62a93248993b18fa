using System.Text;
using Skytale.Accounts;
using Skytale.Names;
using Skytale.Protocol;
using Skytale.Protocol.Envelopes;

namespace Skytale.Tests.Names;

/// <summary>Who gets an envelope, in which order, and what goes when there is too much.</summary>
public sealed class NameTableTests
{
    private static readonly SlimName s_alice = Name("alice");
    private static readonly SlimName s_bob = Name("bob");
    private static readonly SlimName s_room = Name("room");

    private readonly LinkOwner _owner = OwnerOf(1);
    private DateTimeOffset _now = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_exact_id_means_that_name_alone_and_all_ones_every_name_under_the_components()
    {
        var table = new NameTable(new NameLimits());
        var from = Open(table);
        var (first, second, prefix) = (Open(table), Open(table), Open(table));
        Subscribe(table, first, Name("bob", 1));
        Subscribe(table, second, Name("bob", 2));
        Subscribe(table, prefix, s_bob with { Id = SlimNameId.Any });
        Publish(table, from, Name("bob", 2), "exact").Copies.ShouldBe(1);
        Publish(table, from, Name("bob", 3), "nobody").Copies.ShouldBe(0);
        Publish(table, from, s_bob with { Id = SlimNameId.Any }, "any").Copies.ShouldBe(3);
        Publish(table, from, s_bob with { Id = null }, "no id").Copies.ShouldBe(3);
        Publish(table, from, Name("other") with { Id = SlimNameId.Any }, "elsewhere").Copies.ShouldBe(0);
        Drain(table, first).ShouldBe(["any", "no id"]);
        Drain(table, second).ShouldBe(["exact", "any", "no id"]);
        Drain(table, prefix).ShouldBe(["any", "no id"]);
    }

    [Fact]
    public void A_fan_out_puts_one_copy_down_for_each_link_and_none_for_the_one_it_came_from()
    {
        var table = new NameTable(new NameLimits());
        var (from, both) = (Open(table), Open(table));
        Subscribe(table, from, s_room, s_alice);
        Subscribe(table, both, s_room, s_bob);
        Subscribe(table, both, s_room, Name("bob", 2));
        Subscribe(table, both, Name("room", 2), s_bob);
        Publish(table, from, s_room, "exact").Copies.ShouldBe(1);
        Publish(table, from, s_room with { Id = null }, "any").Copies.ShouldBe(1);
        Drain(table, both).ShouldBe(["exact", "any"]);
        Drain(table, from).ShouldBeEmpty();
    }

    [Fact]
    public void Each_hop_counts_and_the_last_leads_nowhere()
    {
        var table = new NameTable(new NameLimits());
        var (from, link) = (Open(table), Open(table));
        Subscribe(table, link, s_bob);
        table.Publish(from, Say(s_bob, "none", s_alice, 256) with { Ttl = 0 }, _now, []).Refusal.ShouldNotBeNull().Code.ShouldBe(ErrorCode.InvalidRequest);
        table.Publish(from, Say(s_bob, "the last", s_alice, 256) with { Ttl = 1 }, _now, []).Value.ShouldBe(new Published(IsExpired: true, 0, 0));
        table.Publish(from, Say(s_bob, "one more", s_alice, 256) with { Ttl = 2 }, _now, []).Value.Copies.ShouldBe(1);
        table.Take(link).ShouldNotBeNull().Ttl.ShouldBe(1u);
        table.Take(link).ShouldBeNull();
    }

    [Fact]
    public void An_anycast_goes_to_one_by_turns()
    {
        var table = new NameTable(new NameLimits());
        var from = Open(table);
        var workers = new[] { Open(table), Open(table), Open(table) };
        for (var i = 0; i < 3; i++)
            Subscribe(table, workers[i], Name("worker", (ulong)i));
        for (var i = 0; i < 9; i++)
            Publish(table, from, Name("worker") with { Id = null }, "x", fanout: 1).Copies.ShouldBe(1);
        foreach (var worker in workers)
            Drain(table, worker).Count.ShouldBe(3);
    }

    [Fact]
    public void A_link_takes_the_oldest_first_over_all_of_its_names()
    {
        var table = new NameTable(new NameLimits());
        var (from, link) = (Open(table), Open(table));
        foreach (var name in new[] { s_alice, s_bob, s_room })
            Subscribe(table, link, name, s_alice);
        var random = new Random(7);
        var (sent, taken) = (0, 0);
        for (var i = 0; i < 5_000; i++)
        {
            if (random.Next(2) == 0)
                Publish(table, from, new[] { s_alice, s_bob, s_room }[random.Next(3)], $"{sent++}");
            else if (table.Take(link) is { } envelope)
                Text(envelope).ShouldBe($"{taken++}");
        }
        Drain(table, link).ShouldBe(Enumerable.Range(taken, sent - taken).Select(i => $"{i}"));
        table.Bytes.ShouldBe(0);
    }

    [Fact]
    public void Those_that_are_away_are_an_anycasts_last_resort()
    {
        var table = new NameTable(new NameLimits());
        var from = Open(table);
        var (here, gone) = (Open(table), Open(table));
        Subscribe(table, here, Name("worker", 1));
        Subscribe(table, gone, Name("worker", 2));
        table.Close(gone, _now);
        for (var i = 0; i < 4; i++)
            Publish(table, from, Name("worker") with { Id = SlimNameId.Any }, $"{i}", fanout: 1);
        Drain(table, here).ShouldBe(["0", "1", "2", "3"]);
        table.Close(here, _now);
        Publish(table, from, Name("worker") with { Id = SlimNameId.Any }, "waits", fanout: 1).Copies.ShouldBe(1);
    }

    [Fact]
    public void An_application_behind_a_new_link_is_not_sent_what_it_said_itself()
    {
        var table = new NameTable(new NameLimits());
        var old = Open(table);
        Subscribe(table, old, s_room, s_alice);
        table.Close(old, _now);
        var link = Open(table);
        Publish(table, link, s_room, "before the room is subscribed again", from: s_alice).Copies.ShouldBe(0);
        Publish(table, link, s_room, "of another", from: s_bob).Copies.ShouldBe(1);
        Subscribe(table, link, s_room, s_alice);
        Drain(table, link).ShouldBe(["of another"]);
    }

    [Fact]
    public void Two_applications_that_were_behind_one_link_are_left_one_copy_when_it_is_gone()
    {
        var table = new NameTable(new NameLimits());
        var (from, both) = (Open(table), Open(table));
        Subscribe(table, both, s_room, s_alice);
        Subscribe(table, both, s_room, s_bob);
        table.Close(both, _now);
        Publish(table, from, s_room, "one").Copies.ShouldBe(1);
    }

    [Fact]
    public void Two_applications_that_came_back_behind_links_of_their_own_get_a_copy_each()
    {
        var table = new NameTable(new NameLimits());
        var (from, both) = (Open(table), Open(table));
        Subscribe(table, both, s_room, s_alice);
        Subscribe(table, both, s_room, s_bob);
        table.Close(both, _now);
        var (first, second) = (Open(table), Open(table));
        Subscribe(table, first, s_room, s_alice);
        Subscribe(table, second, s_room, s_bob);
        Publish(table, from, s_room, "for both").Copies.ShouldBe(2);
        Drain(table, first).ShouldBe(["for both"]);
        Drain(table, second).ShouldBe(["for both"]);
    }

    [Fact]
    public void A_name_that_its_application_subscribes_on_a_new_link_moves_there_with_what_waits()
    {
        var table = new NameTable(new NameLimits { SubscriptionsPerLink = 1 });
        var (from, old, link) = (Open(table), Open(table), Open(table));
        Subscribe(table, old, s_bob);
        Publish(table, from, s_bob, "waits");
        Subscribe(table, link, s_bob);
        Publish(table, from, s_bob, "new");
        Drain(table, old).ShouldBeEmpty();
        Drain(table, link).ShouldBe(["waits", "new"]);
        table.Unsubscribe(old, new SubscriptionId(1), s_bob, s_bob).ShouldNotBeNull().Code.ShouldBe(ErrorCode.NotFound);
        Subscribe(table, old, s_alice); // There is room for it again.
        table.Close(old, _now);
        Publish(table, from, s_bob, "still there");
        Drain(table, link).ShouldBe(["still there"]);
    }

    [Fact]
    public void What_was_subscribed_on_a_link_that_is_gone_keeps_no_mailbox()
    {
        var table = new NameTable(new NameLimits());
        var old = Open(table);
        Subscribe(table, old, s_bob);
        table.Close(old, _now);
        var link = Open(table);
        table.Subscribe(link, new SubscriptionId(2), s_bob, s_bob, _now).ShouldBeNull();
        table.Unsubscribe(link, new SubscriptionId(2), s_bob, s_bob).ShouldBeNull();
        table.Mailboxes.ShouldBe(0);
    }

    [Fact]
    public void Another_accounts_application_of_the_same_name_has_a_mailbox_of_its_own()
    {
        var table = new NameTable(new NameLimits());
        var (from, gone, other) = (Open(table), Open(table), table.Open(OwnerOf(2)).Value);
        Subscribe(table, gone, s_bob);
        table.Close(gone, _now);
        Publish(table, from, s_bob, "for the first account");
        Subscribe(table, other, s_bob);
        Drain(table, other).ShouldBeEmpty();
    }

    [Fact]
    public void A_full_mailbox_loses_its_oldest_by_count_and_by_bytes()
    {
        var size = EnvelopeLimits.SizeOf(Say(s_bob, "x", Name("sender"), 256));
        var table = new NameTable(new NameLimits { MessagesPerMailbox = 3, BytesPerMailbox = 10 * size });
        var (from, link) = (Open(table), Open(table));
        Subscribe(table, link, s_bob);
        for (var i = 0; i < 5; i++)
            Publish(table, from, s_bob, $"{i}").Dropped.ShouldBe(i < 3 ? 0 : 1);
        table.Bytes.ShouldBe(3 * size);
        Drain(table, link).ShouldBe(["2", "3", "4"]);

        Publish(table, from, s_bob, "a");
        Publish(table, from, s_bob, "b");
        Publish(table, from, s_bob, new string('c', 9 * size)).Dropped.ShouldBe(2);
        Drain(table, link).ShouldHaveSingleItem().ShouldStartWith("cc");
        Publish(table, from, s_bob, new string('c', 10 * size)).Dropped.ShouldBe(1);
        Drain(table, link).ShouldBeEmpty();
        Publish(table, from, s_bob, "fits again");
        Drain(table, link).ShouldBe(["fits again"]);
    }

    [Fact]
    public void An_account_and_the_relay_have_bounds_over_all_mailboxes()
    {
        var size = EnvelopeLimits.SizeOf(Say(Name("bob", 2), "x", Name("sender"), 256));
        var table = new NameTable(new NameLimits { BytesPerAccount = 4 * size, Bytes = 6 * size });
        var (from, link, other) = (Open(table), Open(table), table.Open(OwnerOf(2)).Value);
        Subscribe(table, link, Name("bob", 1));
        Subscribe(table, link, Name("bob", 2), Name("bob", 1));
        Subscribe(table, other, Name("bob", 3));
        for (var i = 0; i < 4; i++)
            Publish(table, from, Name("bob", 1), $"{i}");
        Publish(table, from, Name("bob", 2), "4").Dropped.ShouldBe(1, "the account is full: its oldest goes, whichever name waits for that");
        Publish(table, from, Name("bob", 3), "a").Dropped.ShouldBe(0);
        Publish(table, from, Name("bob", 3), "b").Dropped.ShouldBe(0);
        table.Bytes.ShouldBe(6 * size);
        Publish(table, from, Name("bob", 3), "c").Dropped.ShouldBe(1, "the relay is full: its oldest goes, whichever account waits for that");
        table.Bytes.ShouldBe(6 * size);
        Drain(table, link).ShouldBe(["2", "3", "4"]);
        Drain(table, other).ShouldBe(["a", "b", "c"]);
        table.Bytes.ShouldBe(0);
    }

    [Fact]
    public void What_nobody_takes_does_not_keep_from_others_what_they_take()
    {
        var size = EnvelopeLimits.SizeOf(Say(Name("bob", 2), "x", Name("sender"), 256));
        var table = new NameTable(new NameLimits { BytesPerAccount = 4 * size, Bytes = 4 * size });
        var (from, gone, here, other) = (Open(table), Open(table), Open(table), table.Open(OwnerOf(2)).Value);
        Subscribe(table, gone, Name("bob", 1));
        Subscribe(table, here, Name("bob", 2));
        Subscribe(table, other, Name("bob", 3));
        table.Close(gone, _now);
        for (var i = 0; i < 8; i++)
            Publish(table, from, Name("bob", 1), "to one who is away");
        for (var i = 0; i < 9; i++)
        {
            Publish(table, from, Name("bob", 2), $"{i}");
            Publish(table, from, Name("bob", 3), $"{i}");
            Drain(table, here).ShouldBe([$"{i}"]);
            Drain(table, other).ShouldBe([$"{i}"]);
        }
    }

    [Fact]
    public void What_a_link_has_taken_counts_for_its_account_until_it_is_sent()
    {
        var size = EnvelopeLimits.SizeOf(Say(Name("bob", 2), "x", Name("sender"), 256));
        var table = new NameTable(new NameLimits { BytesPerAccount = 4 * size });
        var (from, stuck, link) = (Open(table), Open(table), Open(table));
        Subscribe(table, stuck, Name("bob", 1));
        Subscribe(table, link, Name("bob", 2));
        for (var i = 0; i < 4; i++)
            Publish(table, from, Name("bob", 1), $"{i}");
        for (var i = 0; i < 4; i++)
            table.Take(stuck).ShouldNotBeNull();
        table.Bytes.ShouldBe(0);
        Publish(table, from, Name("bob", 2), "x").Dropped.ShouldBe(1, "nothing waits that could make room");
        table.Sent(stuck);
        table.Sent(stuck); // That is nothing more.
        for (var i = 0; i < 5; i++)
            Publish(table, from, Name("bob", 2), $"{i}").Dropped.ShouldBe(i < 4 ? 0 : 1);
        Drain(table, link).ShouldBe(["1", "2", "3", "4"]);

        Publish(table, from, Name("bob", 1), "last");
        table.Take(stuck).ShouldNotBeNull();
        table.Close(stuck, _now);
        for (var i = 0; i < 4; i++)
            Publish(table, from, Name("bob", 1), $"{i}").Dropped.ShouldBe(0, "a link that is gone has nothing under way");
    }

    /// <summary>The two hash alike, and were made to, which takes seconds: the hash is no cryptographic one.</summary>
    [Fact]
    public void An_organisation_whose_hash_is_anothers_gets_nothing_of_the_others()
    {
        const string alike = "llqrwjfkyslaarna";
        SlimName.HashComponent(alike).ShouldBe(SlimName.HashComponent("org"));
        var table = new NameTable(new NameLimits());
        var thief = LinkOwner.Of(AccountId.FromRandom([.. Enumerable.Repeat((byte)2, AccountId.Size)]), [OrgName.Parse(alike)], ScopeSet.Everything);
        var (from, link, stolen) = (Open(table), Open(table), table.Open(thief).Value);
        Subscribe(table, link, s_bob);
        Subscribe(table, stolen, s_bob with { Text = null }, s_bob with { Text = null });
        Publish(table, from, s_bob, "for bob").Copies.ShouldBe(1);
        Publish(table, from, s_bob, "for one of them", fanout: 1).Copies.ShouldBe(1);
        Drain(table, link).ShouldBe(["for bob", "for one of them"]);
        LinkOwner.Of(AccountId.FromRandom([.. Enumerable.Repeat((byte)3, AccountId.Size)]), [OrgName.Parse("org"), OrgName.Parse(alike)], ScopeSet.Everything).Owns(s_bob).ShouldBeTrue("who has both has made them");
        table.Subscribe(stolen, new SubscriptionId(2), s_bob, s_bob, _now).ShouldNotBeNull().Code.ShouldBe(ErrorCode.NameNotOwned);
        table.Publish(stolen, Say(s_bob, "as alice", s_alice, 256), _now, []).Refusal.ShouldNotBeNull().Code.ShouldBe(ErrorCode.NameNotOwned);
    }

    [Fact]
    public void A_text_is_what_all_of_its_hashes_are_of()
    {
        var table = new NameTable(new NameLimits());
        var link = Open(table);
        foreach (var text in new[] { new SlimNameText("org", "ns", "other"), new SlimNameText("org", "other", "bob"), new SlimNameText("other", "ns", "bob") })
        {
            table.Subscribe(link, new SubscriptionId(1), s_bob, s_bob with { Text = text }, _now).ShouldNotBeNull().Code.ShouldBe(ErrorCode.NameNotOwned);
            table.Subscribe(link, new SubscriptionId(1), s_bob with { Text = text }, s_bob, _now).ShouldNotBeNull().Code.ShouldBe(ErrorCode.NameNotOwned);
            table.Publish(link, Say(s_alice, "x", s_bob with { Text = text }, 256), _now, []).Refusal.ShouldNotBeNull().Code.ShouldBe(ErrorCode.NameNotOwned);
        }
    }

    [Fact]
    public void A_mailbox_stays_ten_minutes_from_when_its_last_link_went()
    {
        var table = new NameTable(new NameLimits());
        var (from, link) = (Open(table), Open(table));
        Subscribe(table, link, s_bob);
        for (var i = 0; i < 3; i++)
        {
            table.Close(link, _now);
            _now += TimeSpan.FromMinutes(9);
            Publish(table, from, s_bob, $"{i}").Copies.ShouldBe(1);
            link = Open(table);
            Subscribe(table, link, s_bob);
            Drain(table, link).ShouldBe([$"{i}"]);
        }
        table.Close(link, _now);
        Publish(table, from, s_bob, "lost");
        _now += TimeSpan.FromMinutes(10);
        Publish(table, from, s_bob, "into nothing").Copies.ShouldBe(0);
        (table.Mailboxes, table.Bytes, table.NeverTaken).ShouldBe((0, 0, 1));
    }

    [Fact]
    public void Each_mailbox_that_is_away_has_its_own_ten_minutes()
    {
        var table = new NameTable(new NameLimits());
        var (first, second) = (Open(table), Open(table));
        Subscribe(table, first, s_alice);
        Subscribe(table, second, s_bob);
        table.Close(first, _now);
        table.Close(second, _now + TimeSpan.FromMinutes(5));
        table.RemoveOld(_now + TimeSpan.FromMinutes(10));
        table.Mailboxes.ShouldBe(1);
        Publish(table, Open(table), s_bob, "still waits").Copies.ShouldBe(1);
        table.RemoveOld(_now + TimeSpan.FromMinutes(15));
        table.Mailboxes.ShouldBe(0);
    }

    [Fact]
    public void An_account_whose_links_are_all_gone_is_still_counted()
    {
        var table = new NameTable(new NameLimits { MailboxesPerAccount = 1 });
        var gone = Open(table);
        Subscribe(table, gone, s_alice);
        table.Close(gone, _now);
        Subscribe(table, Open(table), s_bob);
        table.Mailboxes.ShouldBe(1, "the one that was away has made room");
    }

    [Fact]
    public void Over_an_accounts_mailboxes_the_one_that_is_away_for_longest_goes()
    {
        var table = new NameTable(new NameLimits { MailboxesPerAccount = 2 });
        var (gone, link, from, others) = (Open(table), Open(table), Open(table), table.Open(OwnerOf(2)).Value);
        Subscribe(table, others, Name("other"));
        Subscribe(table, gone, Name("a"));
        table.Close(others, _now);
        table.Close(gone, _now);
        Subscribe(table, link, Name("b"));
        Subscribe(table, link, Name("c"), Name("b"));
        Publish(table, from, Name("a"), "x").Copies.ShouldBe(0);
        Publish(table, from, Name("other"), "x").Copies.ShouldBe(1, "it is another account's");
        table.Subscribe(link, new SubscriptionId(1), Name("b"), Name("d"), _now).ShouldNotBeNull().Code.ShouldBe(ErrorCode.LimitReached);
        Subscribe(table, table.Open(OwnerOf(2)).Value, Name("d"));
    }

    /// <summary>Whatever happens in whatever order, what is counted is what is there, and at the end nothing is.</summary>
    [Fact]
    public void Nothing_is_left_behind_whatever_comes()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var table = new NameTable(new NameLimits { MessagesPerMailbox = 4, BytesPerAccount = 12_000, Bytes = 15_000, MailboxesPerAccount = 6, SubscriptionsPerLink = 5 });
            var links = new List<Link>();
            for (var i = 0; i < 300; i++)
            {
                var link = links.Count > 0 ? links[random.Next(links.Count)] : null;
                var (name, subscriber, id) = (Name("n", (ulong)random.Next(4)), Name("s", (ulong)random.Next(3)), new SubscriptionId((ulong)random.Next(2)));
                switch (random.Next(6))
                {
                    case 0 when links.Count < 5:
                        links.Add(table.Open(OwnerOf(random.Next(1, 3))).Value);
                        break;
                    case 1 when link is not null:
                        table.Subscribe(link, id, subscriber, name, _now);
                        break;
                    case 2 when link is not null:
                        table.Unsubscribe(link, id, subscriber, name);
                        break;
                    case 3 when link is not null && random.Next(4) == 0:
                        links.Remove(link);
                        table.Close(link, _now);
                        break;
                    case 4 when link is not null:
                        Publish(table, link, random.Next(3) == 0 ? name with { Id = null } : name, "x", fanout: (uint)random.Next(1, 3));
                        break;
                    case 5 when link is not null:
                        table.Take(link);
                        break;
                }
                table.Bytes.ShouldBeInRange(0, 15_000);
                _now += TimeSpan.FromSeconds(random.Next(20));
            }
            foreach (var link in links)
            {
                Drain(table, link);
                table.Take(link).ShouldBeNull();
                table.Close(link, _now);
            }
            table.RemoveOld(_now + TimeSpan.FromMinutes(10));
            (table.Links, table.Mailboxes, table.Bytes).ShouldBe((0, 0, 0), $"seed {seed}");
        }
    }

    private static LinkOwner OwnerOf(int account) => LinkOwner.Of(AccountId.FromRandom([.. Enumerable.Repeat((byte)account, AccountId.Size)]), [OrgName.Parse("org")], ScopeSet.Everything);

    private static SlimName Name(string application, ulong id = 1) => SlimName.Of("org", "ns", application, new SlimNameId(0, id));

    private Link Open(NameTable table) => table.Open(_owner).Value;

    private void Subscribe(NameTable table, Link link, SlimName name, SlimName? subscriber = null) =>
        table.Subscribe(link, new SubscriptionId(1), subscriber ?? name, name, _now).ShouldBeNull();

    private Published Publish(NameTable table, Link link, SlimName to, string text, SlimName? from = null, uint fanout = 256) =>
        table.Publish(link, Say(to, text, from ?? Name("sender"), fanout), _now, []).Value;

    private static Envelope Say(SlimName to, string text, SlimName from, uint fanout) =>
        new() { Source = from, Destination = to, Fanout = fanout, Ttl = 8, Content = Encoding.UTF8.GetBytes(text) };

    private static List<string> Drain(NameTable table, Link link)
    {
        var texts = new List<string>();
        while (table.Take(link) is { } envelope)
            texts.Add(Text(envelope));
        table.Sent(link);
        return texts;
    }

    private static string Text(Envelope envelope) => Encoding.UTF8.GetString(envelope.Content.Span);
}
