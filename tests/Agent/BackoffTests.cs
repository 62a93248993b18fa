using Skytale.RelayLink;

namespace Skytale.Tests;

/// <summary>How soon an agent whose relay died comes back.</summary>
public sealed class BackoffTests
{
    [Fact]
    public void Attempts_that_lead_nowhere_come_ever_more_seldom()
    {
        var backoff = new Backoff();
        var waits = Enumerable.Range(0, 20).Select(_ =>
        {
            backoff.Lived(TimeSpan.FromMilliseconds(1));
            return backoff.Next();
        }).ToList();
        waits.ShouldBe(waits.Order());
        waits[0].ShouldBe(Backoff.First);
        waits[^1].ShouldBe(Backoff.Longest);
    }

    [Fact]
    public void Behind_a_connection_that_was_of_use_the_first_attempt_comes_at_once()
    {
        var backoff = new Backoff();
        for (var attempt = 0; attempt < 5; attempt++)
            backoff.Next();
        backoff.Lived(Backoff.UsefulLife);
        backoff.Next().ShouldBe(Backoff.First);
    }
}
