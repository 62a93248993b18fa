using Skytale.Chaos.Checking;

namespace Skytale.Tests.EndToEnd.Chaos;

/// <summary>The check of the chaos runs finds each fault that it is there to find.</summary>
public sealed class LedgerTests
{
    private readonly List<string> _complaints = [];
    private readonly Ledger _ledger;

    public LedgerTests()
    {
        _ledger = new Ledger(_complaints.Add);
        foreach (var agent in new[] { "alice", "bob", "carol" })
        {
            _ledger.Name($"did:{agent}", agent);
            _ledger.Started(agent);
            _ledger.Take(agent, "joined room 1");
        }
    }

    [Fact]
    public void What_everybody_was_shown_once_and_in_order_is_good()
    {
        Send("alice", 0, 5);
        Send("bob", 0, 6);
        Show("bob", 5, "alice", 0);
        Show("alice", 6, "bob", 0);
        _ledger.IsComplete.ShouldBeFalse();
        Show("carol", 5, "alice", 0);
        Show("carol", 6, "bob", 0);
        _ledger.IsComplete.ShouldBeTrue();
        Settled().IsGood.ShouldBeTrue(string.Join('\n', _complaints));
    }

    [Fact]
    public void A_message_that_was_accepted_and_not_shown_to_one_is_lost()
    {
        Send("alice", 0, 5);
        Show("bob", 5, "alice", 0);
        Settled().Lost.ShouldBe(1);
    }

    [Fact]
    public void A_message_that_one_was_shown_and_another_not_is_lost_whether_it_was_accepted_or_not()
    {
        _ledger.Take("alice", "sending room 0 hash");
        Show("bob", 5, "alice", 0);
        Settled().Lost.ShouldBe(1);
    }

    [Fact]
    public void Nothing_is_owed_behind_a_removal_or_before_a_joining()
    {
        _ledger.Take("carol", "removed room 5");
        Send("alice", 0, 6);
        Show("bob", 6, "alice", 0);
        _ledger.Take("carol", "joined room 7");
        _ledger.IsComplete.ShouldBeTrue();
        Settled().Lost.ShouldBe(0);
    }

    [Fact]
    public void A_message_behind_a_later_one_is_reordered()
    {
        Send("alice", 0, 5);
        Send("alice", 1, 7);
        Send("alice", 2, 9);
        Show("bob", 5, "alice", 0);
        Show("bob", 9, "alice", 2);
        _ledger.Counts.IsGood.ShouldBeTrue();
        Show("bob", 7, "alice", 1);
        (_ledger.Counts.Reordered + _ledger.Counts.ShownAgain).ShouldBe(1);
    }

    [Fact]
    public void Two_messages_under_one_key_are_found_whoever_was_shown_them_and_one_shown_to_all_is_none()
    {
        Send("alice", 0, 5);
        Send("alice", 1, 6);
        Show("bob", 5, "alice", 0, key: "epoch:7");
        Show("carol", 5, "alice", 0, key: "epoch:7");
        _ledger.Counts.KeysReused.ShouldBe(0);
        Show("carol", 6, "alice", 1, key: "epoch:7");
        _ledger.Counts.KeysReused.ShouldBe(1);
        _ledger.Counts.IsGood.ShouldBeFalse();
    }

    [Fact]
    public void Two_messages_in_one_place_are_reordered()
    {
        Send("alice", 0, 5);
        Send("bob", 0, 6);
        Show("carol", 6, "alice", 0);
        _ledger.Counts.IsGood.ShouldBeFalse();
    }

    [Fact]
    public void A_sender_whose_messages_stand_in_another_order_than_it_sent_them_is_reordered()
    {
        Send("alice", 1, 5);
        Send("alice", 0, 6);
        foreach (var agent in new[] { "bob", "carol" })
        {
            Show(agent, 5, "alice", 1);
            Show(agent, 6, "alice", 0);
        }
        Settled().Reordered.ShouldBe(1);
    }

    [Fact]
    public void A_message_in_two_places_is_doubled()
    {
        Send("alice", 0, 5);
        Show("bob", 5, "alice", 0);
        Show("bob", 6, "alice", 0);
        _ledger.Counts.Doubled.ShouldBe(1);
    }

    [Fact]
    public void What_was_shown_and_not_acknowledged_may_come_again_when_it_says_so()
    {
        Send("alice", 0, 5);
        Show("bob", 5, "alice", 0);
        Show("carol", 5, "alice", 0);
        Settled();
        Show("bob", 5, "alice", 0, "again");
        Settled().IsGood.ShouldBeTrue(string.Join('\n', _complaints));
        Show("bob", 5, "alice", 0);
        _ledger.Counts.Unmarked.ShouldBe(1);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_was_acknowledged_by_a_word_or_by_moving_on_may_not_come_again(bool byWord)
    {
        Send("alice", 0, 5);
        Send("alice", 1, 6);
        Show("bob", 5, "alice", 0);
        if (byWord)
            _ledger.Take("bob", "acknowledged room 5");
        else
            Show("bob", 6, "alice", 1);
        Show("bob", 5, "alice", 0, "again");
        _ledger.Counts.ShownAgain.ShouldBe(1);
    }

    [Fact]
    public void Other_bytes_than_were_sent_are_altered()
    {
        Send("alice", 0, 5);
        _ledger.Take("bob", "shown room 5 did:alice 0 other new epoch:5");
        Settled().Altered.ShouldBe(1);
    }

    [Fact]
    public void A_send_that_fails_and_a_channel_that_breaks_count()
    {
        _ledger.Take("alice", "unsent room 3 ConnectionLost");
        _ledger.Take("bob", "broken room ChannelBroken");
        _ledger.Counts.Failed.ShouldBe(2);
    }

    [Fact]
    public void An_agent_that_was_killed_before_it_told_its_removal_is_owed_nothing_more()
    {
        _ledger.Started("carol");
        _ledger.Take("carol", "ready");
        Send("alice", 0, 5);
        Show("bob", 5, "alice", 0);
        Settled().Lost.ShouldBe(0);
    }

    private void Send(string agent, int number, int sequence)
    {
        _ledger.Take(agent, $"sending room {number} hash");
        _ledger.Take(agent, $"accepted room {number} {sequence}");
    }

    private void Show(string agent, int sequence, string sender, int number, string how = "new", string? key = null) =>
        _ledger.Take(agent, $"shown room {sequence} did:{sender} {number} hash {how} {key ?? $"epoch:{sequence}"}");

    private Counts Settled()
    {
        _ledger.Settle();
        return _ledger.Counts;
    }
}
