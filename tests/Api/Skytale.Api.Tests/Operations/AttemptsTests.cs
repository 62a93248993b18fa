using Skytale.Server;

namespace Skytale.Tests.Operations;

/// <summary>What is tried again and again: the log is not filled by one outage.</summary>
public sealed class AttemptsTests
{
    private readonly Lines<AttemptsTests> _log = new();

    [Fact]
    public async Task An_outage_is_in_the_log_when_it_begins_and_when_it_is_over()
    {
        var attempts = new Attempts("read the list", _log);
        foreach (var works in new[] { true, false, false, false, true, true, false })
            await attempts.TryAsync(_ => works ? Task.CompletedTask : throw new InvalidOperationException("It is away."), CancellationToken.None);
        _log.All.Select(line => line.Split(':')[0]).ShouldBe(["Error", "Information", "Error"]);
        _log.All[0].ShouldContain("It is away.");
    }

    [Fact]
    public async Task The_servers_end_is_no_outage()
    {
        using var stopping = new CancellationTokenSource();
        await stopping.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => new Attempts("read the list", _log).TryAsync(token => Task.FromCanceled(token), stopping.Token));
        _log.All.ShouldBeEmpty();
    }
}
