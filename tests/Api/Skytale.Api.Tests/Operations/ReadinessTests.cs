using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Skytale.Server;
using Skytale.Server.Operations;

namespace Skytale.Tests.Operations;

/// <summary>How the parts that a server needs are asked.</summary>
public sealed class ReadinessTests : IAsyncLifetime
{
    private const int Timeout = 60_000;

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Lines<Readiness> _log = new();
    private ServerHost _host = null!;
    private int _asked;
    private Exception? _failure;

    public async ValueTask InitializeAsync() => _host = await ServerHost.BuildAsync([$"--SKYTALE_HOME={_folder.Path}", "--Roles=api", "--Api:Listen=127.0.0.1:0"]);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact(Timeout = Timeout)]
    public async Task Each_check_is_told_apart_and_the_log_says_once_what_fails_and_once_that_it_works_again()
    {
        var readiness = Of(new ReadinessCheck("good", _ => Task.CompletedTask), Counted());
        (await readiness.AskAsync()).ShouldBe(new Dictionary<string, bool> { ["good"] = true, ["counted"] = true, ["accepts_work"] = true }, ignoreOrder: true);

        _failure = new InvalidOperationException("It is broken.");
        for (var i = 0; i < 3; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            (await readiness.AskAsync())["counted"].ShouldBeFalse();
        }
        _failure = null;
        _time.Advance(TimeSpan.FromSeconds(1));
        (await readiness.AskAsync())["counted"].ShouldBeTrue();

        _log.All.Select(line => line.Split(':')[0]).ShouldBe(["Error", "Information"]);
        _log.All[0].ShouldContain("It is broken.");
    }

    [Fact(Timeout = Timeout)]
    public async Task However_many_ask_a_check_runs_once_a_second()
    {
        var readiness = Of(Counted());
        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(readiness.AskAsync)));
        _asked.ShouldBe(1);
        _time.Advance(TimeSpan.FromSeconds(1));
        await readiness.AskAsync();
        _asked.ShouldBe(2);
    }

    [Fact(Timeout = Timeout)]
    public async Task What_does_not_answer_fails()
    {
        var never = new TaskCompletionSource();
        (await Of(new ReadinessCheck("silent", _ => never.Task)).AskAsync())["silent"].ShouldBeFalse();
        _log.All.ShouldHaveSingleItem().ShouldContain(nameof(TimeoutException));
    }

    private ReadinessCheck Counted() => new("counted", _ =>
    {
        Interlocked.Increment(ref _asked);
        return _failure is null ? Task.CompletedTask : Task.FromException(_failure);
    });

    private Readiness Of(params ReadinessCheck[] checks) => new(checks, new Draining(_host.Options, _time, NullLogger<Draining>.Instance), _time, _log);
}
