using Skytale.Tests.EndToEnd;

namespace Skytale.Tests.Cli;

/// <summary>What is written where somebody looks: <c>script</c> gives the command a terminal.</summary>
public sealed class TerminalTests(ServerProcess server)
{
    // Select Graphic Rendition of ECMA-48; a terminal is also told of its keys, which is no colour.
    private const string Colour = @"\e\[[0-9;]*m";

    [Fact(Timeout = 60_000)]
    public async Task A_terminal_has_colours_and_with_NO_COLOR_it_has_none()
    {
        await using var user = new User();
        user.Environment["NO_COLOR"] = ""; // Says nothing, and hides the one of the tests' own runner.
        (await OnTerminalAsync(user, "doctor")).ShouldMatch(Colour);
        user.Environment["NO_COLOR"] = "1";
        var plain = await OnTerminalAsync(user, "doctor");
        plain.ShouldContain("relay_quic");
        plain.ShouldNotMatch(Colour);
        (await user.RunAsync("doctor")).ToString().ShouldNotContain("\e");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_question_names_what_it_is_about_and_no_means_no()
    {
        await using var user = new User();
        await user.SignUpAsync(server);
        var id = await user.AccountIdAsync();
        var asked = await OnTerminalAsync(user, "account close", "no\n");
        asked.ShouldContain($"Close account {id} for ever?");
        asked.ShouldContain("Nothing was done.");
        (await user.RunAsync("orgs", "list")).ShouldBeDone();
    }

    // Ends with the exit code 1 of the command.
    private static async Task<string> OnTerminalAsync(User user, string command, string input = "")
    {
        var environment = new Dictionary<string, string>(user.Environment) { ["TERM"] = "xterm-256color" };
        await using var program = RunningProgram.StartTool("/usr/bin/script", user.Home, environment, "-qefc", $"{RunningProgram.PathOf("Skytale.Cli", "skytale")} {command}", "/dev/null");
        await program.EndInputAsync(System.Text.Encoding.UTF8.GetBytes(input));
        (await program.EndAsync()).ShouldBe(1, string.Join('\n', program.Output));
        return string.Join('\n', program.Output);
    }
}
