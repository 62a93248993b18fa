using System.Globalization;
using Skytale.Protocol;
using Skytale.Sdk;
using Skytale.Tests;

namespace Skytale.Databases.Tests;

/// <summary>Alice speaks, Bob listens; everything that Alice was told to be accepted Bob is to hear, once and in order.</summary>
internal sealed class Talk : IAsyncDisposable
{
    private readonly SkytaleAgent _alice;
    private readonly SkytaleAgent _bob;
    private readonly SkytaleChannel _atAlice;
    private readonly SkytaleChannel _atBob;
    private readonly List<string> _accepted = [];
    private volatile int _said;
    private int _heard;

    private Talk(SkytaleAgent alice, SkytaleAgent bob, SkytaleChannel atAlice, SkytaleChannel atBob) => (_alice, _bob, _atAlice, _atBob) = (alice, bob, atAlice, atBob);

    /// <summary>How many were accepted.</summary>
    public int Said => _said;

    public static async Task<Talk> BeginAsync(World world)
    {
        var (_, alice) = await world.NewAgentAsync("alice");
        var (_, bob) = await world.NewAgentAsync("bob");
        var channel = await alice.CreateChannelAsync($"{world.Org}/team/general");
        await channel.AddMemberAsync(bob.Id).Soon();
        return new Talk(alice, bob, channel, await bob.JoinAsync(channel.Name.ToString()).Soon());
    }

    /// <summary>Returns when it is accepted.</summary>
    public async Task SayAsync(string text)
    {
        await _atAlice.SendAsync(text).Soon();
        _accepted.Add(text);
        _said++;
    }

    /// <summary>Says one thing after the other.</summary>
    public async Task GoOnAsync(CancellationToken enough)
    {
        for (var i = 0; !enough.IsCancellationRequested; i++)
            await SayAsync(i.ToString(CultureInfo.InvariantCulture));
    }

    public async Task SaidAsync(int count)
    {
        using var patience = new CancellationTokenSource(Reading.Patience);
        while (_said < count)
            await Task.Delay(10, patience.Token);
    }

    public Task ChangeKeysAsync() => _atAlice.UpdateKeysAsync().Soon();

    /// <summary>Bob hears what was accepted since the last time, and nothing else.</summary>
    public async Task HeardAsync()
    {
        var expected = _accepted[_heard..];
        (await _atBob.TakeAsync(expected.Count)).ShouldBe(expected);
        _heard = _accepted.Count;
    }

    public async ValueTask DisposeAsync()
    {
        await _alice.DisposeAsync();
        await _bob.DisposeAsync();
    }
}

internal static class Served
{
    /// <summary>Returns when the API serves again; until then it says that it cannot, and nothing else.</summary>
    public static async Task WhenServedAsync(this World world)
    {
        using var patience = new CancellationTokenSource(Reading.Patience);
        while (true)
        {
            try
            {
                await world.UseNewKeyAsync();
                return;
            }
            catch (SkytaleException notYet) when (notYet.Refusal == ErrorCode.Unavailable)
            {
                await Task.Delay(50, patience.Token);
            }
        }
    }
}
