using Skytale.Cli.Completion;
using Skytale.Tests.EndToEnd;

namespace Skytale.Tests.Cli;

public sealed class CompletionTests
{
    [Theory]
    [InlineData("skytale keys ", "create list revoke")]
    [InlineData("/usr/bin/skytale acc", "account")]
    [InlineData("skytale status --tr", "--transport")]
    [InlineData("skytale status --transport ", "auto quic tls")]
    [InlineData("skytale admin audit v", "verify")]
    [InlineData("skytale compl", "completion")]
    [InlineData("skytale nothing ", "")]
    [InlineData("skytale", "")]
    public void What_could_come_next_is_known(string line, string words) => Completions.Of(line).Select(each => each.Word).ShouldBe(words.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    [Fact]
    public void Options_are_offered_to_who_began_one_with_what_they_are_about()
    {
        Completions.Of("skytale keys create ").ShouldBeEmpty();
        var options = Completions.Of("skytale keys create --");
        options.ShouldAllBe(option => option.Word.StartsWith("--") && option.About!.Length > 0);
        options.Select(option => option.Word).ShouldContain("--scope");
    }

    [Fact(Timeout = 60_000)]
    public Task Bash_completes() => CompletesAsync("/usr/bin/bash", """
        source <(skytale completion bash)
        type() { COMP_LINE=$1 COMP_POINT=${#1}; $(complete -p skytale | sed 's/.*-F \([^ ]*\).*/\1/') skytale; printf '%s\n' "${COMPREPLY[@]}"; }
        type 'skytale agent cr'
        type 'skytale status --agent a'
        """);

    [Fact(Timeout = 60_000)]
    public Task Fish_completes() => CompletesAsync("/usr/bin/fish", """
        skytale completion fish | source
        complete -C 'skytale agent cr' | string replace -r '\t.*' ''
        complete -C 'skytale status --agent a' | string replace -r '\t.*' ''; true
        """);

    // What of zsh's completion the script calls stands in for a terminal.
    [Fact(Timeout = 60_000)]
    public Task Zsh_completes() => CompletesAsync("/usr/bin/zsh", """
        compdef() { completer=$1 }
        _describe() { print -rl -- ${${(P)2}%%:*} }
        source <(skytale completion zsh)
        words=(skytale agent cr) CURRENT=3 PREFIX=cr; $completer
        words=(skytale status --agent a) CURRENT=4 PREFIX=a; $completer
        """);

    private static async Task CompletesAsync(string shell, string script)
    {
        if (!File.Exists(shell))
            Assert.Skip($"{shell} is not there: scripts/install-peers installs it.");
        using var home = new TemporaryFolder();
        foreach (var agent in new[] { "alice", "bob" })
        {
            Directory.CreateDirectory(home.File($"agents/{agent}"));
            File.WriteAllText(home.File($"agents/{agent}/agent.json"), "{}");
        }
        var path = $"{Path.GetDirectoryName(RunningProgram.PathOf("Skytale.Cli", "skytale"))}:{Environment.GetEnvironmentVariable("PATH")}";
        await using var program = RunningProgram.StartTool(shell, home.Path, new Dictionary<string, string> { ["PATH"] = path, ["HOME"] = home.Path }, "-c", script);
        await program.EndInputAsync();
        (await program.EndAsync()).ShouldBe(0, string.Join('\n', program.Errors));
        program.Output.ShouldBe(["create", "alice"], string.Join('\n', program.Errors));
    }
}
