using Skytale.Protocol;
using Skytale.Protocol.Envelopes;
using Skytale.Relay.Tests.Kit;
using Skytale.Server.Relay;
using static Skytale.Relay.Tests.Kit.TestLink;

namespace Skytale.Relay.Tests;

/// <summary>A link above its rate is slowed down, and one that stays above it is ended before it takes all room of its connection.</summary>
public sealed class LinkPaceTests
{
    private const int Timeout = 60_000;
    private static readonly TimeSpan s_step = TimeSpan.FromMilliseconds(20);

    private readonly WaitedTime _time = new(s_step);
    private bool _isOver;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Timeout)]
    public async Task A_frame_within_the_rate_has_its_turn_at_once()
    {
        var turn = Pace().TakeTurnAsync(Cancel);
        turn.IsCompleted.ShouldBeTrue();
        (await turn).ShouldBeNull();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_frame_above_the_rate_waits_for_its_turn()
    {
        _isOver = true;
        var turn = Pace().TakeTurnAsync(Cancel);
        for (var i = 0; i < 50; i++)
            await StepAsync();
        turn.IsCompleted.ShouldBeFalse();

        _isOver = false;
        await StepAsync();
        (await turn).ShouldBeNull();
    }

    [Fact(Timeout = Timeout)]
    public async Task A_link_that_is_held_up_again_and_again_is_refused_in_the_end()
    {
        var pace = Pace();
        var begun = _time.GetTimestamp();
        Refusal? refusal = null;
        while (refusal is null)
        {
            _isOver = true;
            var turn = pace.TakeTurnAsync(Cancel);
            _isOver = false;
            if (!turn.IsCompleted)
                await StepAsync();
            refusal = await turn;
        }
        refusal.Code.ShouldBe(ErrorCode.RateLimited);
        _time.GetElapsedTime(begun).ShouldBe(LinkPace.Patience + s_step);
    }

    [Fact(Timeout = Timeout)]
    public async Task A_link_that_was_within_its_rate_for_a_while_has_all_patience_again()
    {
        var pace = Pace();
        for (var i = 0; i < 5; i++)
        {
            _isOver = true;
            var turn = pace.TakeTurnAsync(Cancel);
            for (var passed = s_step; passed < LinkPace.Patience; passed += s_step)
                await StepAsync();
            _isOver = false;
            await StepAsync();
            (await turn).ShouldBeNull();
            _time.Advance(LinkPace.Quiet + s_step);
        }
    }

    [Fact(Timeout = Timeout)]
    public async Task A_link_that_stays_above_its_rate_ends_alone()
    {
        await using var relay = await TestRelay.StartAsync(rates: new RelayRates { KeyPerSecond = 10 }, time: _time);
        await using var proxy = await TestProxy.ConnectAsync(relay);
        var owner = relay.NewAgent();
        await using var fast = await proxy.OpenAsync(owner);
        await using var other = await (await proxy.OpenAsync(relay.NewAgentBeside(owner, ofTheSameKey: false))).SubscribeAsync(Name("other"));
        for (var i = 0; i < 60; i++)
            await fast.PublishAsync(Name("fast"), Name("other"), $"{i}");

        // Ten at once and ten a second: what is left after two seconds is not read.
        var closed = fast.Link.Closed;
        while (await Task.WhenAny(closed, _time.WaitingAsync(Cancel)) != closed)
            _time.Advance(s_step);
        await fast.EndedAsync(ErrorCode.RateLimited);
        relay.Log.Lines.ShouldHaveSingleItem().ShouldContain(ErrorCode.RateLimited.Name());
        for (var i = 0; i < 10; i++)
            (await other.NextTextAsync()).ShouldBe($"{i}");
        proxy.Connection.Closed.IsCompleted.ShouldBeFalse();
    }

    private LinkPace Pace() => new(() => _isOver ? new Refusal(ErrorCode.RateLimited, "too fast") : null, _time);

    /// <summary>Lets the time pass for which a turn waits.</summary>
    private async Task StepAsync()
    {
        await _time.WaitingAsync(Cancel);
        _time.Advance(s_step);
    }
}
