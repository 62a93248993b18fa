using System.CommandLine;
using System.Reflection;
using System.Text.Json.Nodes;
using Skytale.Cli;
using Skytale.Cli.Configuration;

namespace Skytale.Tests.Cli.Documents;

/// <summary>docs/cli.md lists what the program has, and nothing else.</summary>
public sealed class DocumentTests
{
    [Fact]
    public void Every_setting_has_its_row_in_order() =>
        CliDocument.OfRepository.Settings.ShouldBe(Settings.All.Select(setting => (setting.Option.Name, setting.Environment, setting.Place ?? "")));

    [Fact]
    public void Every_exit_code_has_its_row()
    {
        CliDocument.OfRepository.ExitCodes.ShouldBe(ExitCode.All);
        var constants = typeof(ExitCode).GetFields(BindingFlags.Public | BindingFlags.Static).Where(field => field.IsLiteral).Select(field => (int)field.GetRawConstantValue()!);
        ExitCode.All.Select(each => each.Code).ShouldBe(constants, ignoreOrder: true);
    }

    [Fact]
    public void Every_command_has_a_chapter_and_every_chapter_a_command() =>
        CliDocument.OfRepository.Commands.ShouldBe(Leaves().Select(leaf => leaf.Path), ignoreOrder: true);

    [Fact]
    public void Every_command_has_an_example_of_itself()
    {
        foreach (var (path, command) in Leaves())
            command.ShouldBeAssignableTo<CliCommand>(path)!.Examples.ShouldContain(example => example.Contains($"skytale {path}", StringComparison.Ordinal), path);
    }

    [Fact]
    public void No_secret_is_an_argument()
    {
        string[] secrets = ["password", "key", "token", "secret"];
        foreach (var (path, command) in Leaves())
        {
            foreach (var option in command.Options.Where(option => secrets.Any(word => option.Name.Contains(word, StringComparison.Ordinal))))
                (option.ValueType == typeof(bool) || option.Name.EndsWith("-file", StringComparison.Ordinal)).ShouldBeTrue($"skytale {path} {option.Name}");
        }
    }

    [Fact]
    public void Rows_chapters_and_shapes_that_differ_are_seen()
    {
        var document = new CliDocument("| `--a` | `SKYTALE_A` | | x |\n| 7 | `odd` | odd |\n### skytale a b\n```json\n{\"a\":[{\"b\":1}]}\n```\n### skytale c\n");
        document.Settings.ShouldBe([("--a", "SKYTALE_A", "")]);
        document.ExitCodes.ShouldBe([(7, "odd", "odd")]);
        document.Commands.ShouldBe(["a b", "c"]);
        document.Json("c").ShouldBeNull();
        var example = document.Json("a b");
        Shape.Difference(example, JsonNode.Parse("""{"a":[{"b":2},{"b":null}]}""")).ShouldBeNull();
        Shape.Difference(example, JsonNode.Parse("""{"a":[{"b":2},{"b":"2"}]}""")).ShouldBe("$.a[1].b is \"2\"");
        Shape.Difference(example, JsonNode.Parse("""{"a":[{"b":2,"c":3}]}""")).ShouldBe("$.a[0] has b, c");
    }

    private static IEnumerable<(string Path, Command Command)> Leaves() => Leaves(CommandLine.Root(), "");

    private static IEnumerable<(string Path, Command Command)> Leaves(Command command, string path) => command.Subcommands.Count == 0
        ? [(path, command)]
        : command.Subcommands.Where(sub => !sub.Hidden).SelectMany(sub => Leaves(sub, path.Length == 0 ? sub.Name : $"{path} {sub.Name}"));
}
