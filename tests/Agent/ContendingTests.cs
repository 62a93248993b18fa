using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using Skytale.Agent.Channels;
using Skytale.Mls.Tree;
using Skytale.Sdk;

namespace Skytale.Tests;

/// <summary>Members who all commit at once, and one who sends all the while: one order, nobody starves.</summary>
[Trait("Category", "Slow")]
public sealed class ContendingTests
{
    [Fact(Timeout = 120_000)]
    public Task Six_members_who_commit_at_once_each_get_their_turn() => ContendAsync(6, 15);

    [Fact(Timeout = 300_000)]
    public Task Thirty_two_members_who_commit_at_once_each_get_their_turn() => ContendAsync(32, 200);

    [Fact]
    public void Who_has_committed_lets_the_others_go_first_and_who_commits_alone_waits_for_nothing()
    {
        var time = new FakeTimeProvider();
        var contention = new Contention(time);
        var others = Enumerable.Range(1, 4).Select(i => new LeafIndex((uint)i)).ToList();
        contention.Committed();
        contention.Wait().ShouldBe(default);

        others.ForEach(contention.OtherCommitted);
        contention.Wait().Least.ShouldBe(Contention.Yield / 2); // All others have had their turn.
        contention.Committed();
        contention.Wait().Least.ShouldBe(Contention.Yield);
        for (var i = 0; i < 2 * others.Count; i++)
            contention.OtherCommitted(others[0]);
        contention.Wait().ShouldBe((TimeSpan.Zero, Contention.Jitter)); // Overdue.

        time.Advance(Contention.Memory + TimeSpan.FromMilliseconds(1));
        contention.Committed();
        contention.Wait().ShouldBe(default);
    }

    [Fact]
    public void Who_has_not_committed_yet_waits_for_a_random_moment_alone()
    {
        var contention = new Contention(new FakeTimeProvider());
        contention.OtherCommitted(new LeafIndex(1));
        contention.Wait().ShouldBe((TimeSpan.Zero, Contention.Jitter));
    }

    private static async Task ContendAsync(int count, ulong epochs)
    {
        await using var world = await World.StartAsync();
        var agents = new List<SkytaleAgent>();
        try
        {
            for (var i = 0; i < count; i++)
                agents.Add((await world.NewAgentAsync($"agent-{i}")).Agent);
            var first = await agents[0].CreateChannelAsync($"{world.Org}/team/general");
            foreach (var agent in agents.Skip(1))
                await first.AddMemberAsync(agent.Id).Soon();
            var channels = new List<SkytaleChannel> { first };
            foreach (var agent in agents.Skip(1))
                channels.Add(await agent.JoinAsync(first.Name.ToString()).Soon());
            await ContendAsync(channels, first.Epoch + epochs);
        }
        finally
        {
            foreach (var agent in agents)
                await agent.DisposeAsync();
        }
    }

    private static async Task ContendAsync(List<SkytaleChannel> channels, ulong end)
    {
        var begin = channels[0].Epoch;
        using var read = new SemaphoreSlim(0);
        var reading = channels.Skip(1).Select(channel => ReadAsync(channel, read)).ToList();
        var committing = channels.Select(channel => CommitUntilAsync(channel, end)).ToList();
        var sent = await SendWhileAsync(channels[0], Task.WhenAll(committing), reading.Count, read);
        var turns = await Task.WhenAll(committing);
        await channels[0].SendAsync("the end");
        var texts = await Task.WhenAll(reading);

        TestContext.Current.SendDiagnosticMessage($"turns: {string.Join(' ', turns.Order())}; messages: {sent.Count}");
        texts.ShouldAllBe(at => at.SequenceEqual(sent));
        sent.ShouldNotBeEmpty();
        turns.ShouldAllBe(count => count > 0);
        turns.Sum().ShouldBe((int)(channels[0].Epoch - begin)); // Who was told that its commit stands, and nobody else, made an epoch.
        channels.Select(channel => channel.Epoch).Distinct().Count().ShouldBe(1);
        channels.Select(AuthenticatorOf).Distinct().Count().ShouldBe(1);
    }

    /// <returns>How many commits of this member stand.</returns>
    private static async Task<int> CommitUntilAsync(SkytaleChannel channel, ulong end)
    {
        var turns = 0;
        for (; channel.Epoch < end; turns++)
            await channel.UpdateKeysAsync();
        return turns;
    }

    /// <summary>Sends the next message when all have read the one before: who floods members with more than they read keeps them from following.</summary>
    private static async Task<List<string>> SendWhileAsync(SkytaleChannel channel, Task others, int readers, SemaphoreSlim read)
    {
        var sent = new List<string>();
        while (!others.IsCompleted)
        {
            sent.Add($"message {sent.Count}");
            await channel.SendAsync(sent[^1]);
            for (var i = 0; i < readers; i++)
                await read.WaitAsync(TestContext.Current.CancellationToken);
        }
        return sent;
    }

    private static async Task<List<string>> ReadAsync(SkytaleChannel channel, SemaphoreSlim read)
    {
        var texts = new List<string>();
        await foreach (var message in channel.Messages)
        {
            using (message)
            {
                if (message.Text == "the end")
                    return texts;
                texts.Add(message.Text);
                read.Release();
            }
        }
        return texts;
    }

    private static string AuthenticatorOf(SkytaleChannel channel)
    {
        using var authenticator = channel.Session.Head.Group.EpochAuthenticator;
        return Convert.ToHexString(SHA256.HashData(authenticator.Span));
    }
}
