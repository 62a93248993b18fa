using System.Text.Json.Nodes;
using Skytale.Tests.Cli.Documents;
using Skytale.Tests.EndToEnd;

namespace Skytale.Tests.Cli;

/// <summary>What commands leave, held to docs/cli.md.</summary>
internal static class Commands
{
    /// <summary>Runs a command with <c>--json</c>; it must succeed and print what its chapter shows.</summary>
    /// <param name="command">Its chapter, such as <c>keys list</c>.</param>
    public static async Task<JsonNode> JsonAsync(this User user, string command, params string[] arguments) => (await user.RunAsync([.. command.Split(' '), .. arguments, "--json"])).Json(command);

    /// <summary>The only document that a command printed, of the shape in its chapter.</summary>
    public static JsonNode Json(this Finished finished, string command)
    {
        finished.ShouldBeDone();
        var json = JsonNode.Parse(finished.Output.ShouldHaveSingleItem(finished.ToString()))!;
        var example = CliDocument.OfRepository.Json(command).ShouldNotBeNull();
        Shape.Difference(example, json).ShouldBeNull(finished.ToString());
        return json;
    }

    /// <summary>Failed, and says so in the documented shape.</summary>
    public static void ShouldFailInJson(this Finished finished, int exitCode, string code)
    {
        finished.ExitCode.ShouldBe(exitCode, finished.ToString());
        finished.Output.ShouldBeEmpty(finished.ToString());
        finished.Errors.ShouldHaveSingleItem(finished.ToString());
        finished.ShouldFailInJsonBehindRemarks(exitCode, code);
    }

    /// <summary>The same, when it has told what it waits for.</summary>
    public static void ShouldFailInJsonBehindRemarks(this Finished finished, int exitCode, string code)
    {
        finished.ExitCode.ShouldBe(exitCode, finished.ToString());
        var failure = JsonNode.Parse(finished.Errors[^1])!;
        Shape.Difference(CliDocument.OfRepository.Failure, failure).ShouldBeNull(finished.ToString());
        failure["error"]!.Text("code").ShouldBe(code);
        failure["error"]!["exit_code"]!.GetValue<int>().ShouldBe(exitCode);
        failure["error"]!.Text("hint").ShouldNotBeEmpty();
    }

    public static string Text(this JsonNode node, string name) => node[name].ShouldNotBeNull(name).GetValue<string>();
}
