using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Skytale.Relay.Tests.Kit;
using Skytale.Server.Operations;
using Skytale.Server.Relay;

namespace Skytale.Relay.Tests;

/// <summary>What others can cause does not fill the log, and hides nothing else.</summary>
public sealed class FewLinesTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly LogLines _written = new();
    private readonly ILogger _log;

    public FewLinesTests() => _log = new FewLines(_written, _time).CreateLogger("relay");

    [Fact]
    public void Of_each_kind_of_warning_ten_a_second_are_written_and_the_rest_is_told_as_a_number()
    {
        for (var i = 0; i < 25; i++)
        {
            _log.LinkRefused("peer", "out_of_scope", $"refused {i}");
            _log.LinkClosed("agent", "peer", "closed", $"closed {i}");
        }
        _written.Lines.Count(line => line.Contains("refused 9")).ShouldBe(1);
        _written.Lines.Count.ShouldBe(20);

        _time.Advance(TimeSpan.FromSeconds(1));
        _log.LinkRefused("peer", "out_of_scope", "refused later");

        _written.Lines.Skip(20).ShouldBe(["Warning: 15 more lines like the next, LinkRefused, were left out", "Warning: A SLIM link over peer was refused: out_of_scope: refused later"]);
    }

    [Fact]
    public void What_is_no_warning_is_written_as_it_comes()
    {
        for (var i = 0; i < 25; i++)
            _log.RequestFailed("agent", $"frame {i}", new InvalidOperationException("ours"));
        _written.Lines.Count.ShouldBe(25);
    }
}
