using System.Globalization;
using System.Text.RegularExpressions;
using Skytale.Protocol;
using Skytale.Protocol.Frames;

namespace Skytale.Architecture.Tests.Documents;

/// <summary>The protocol's documents list what the code has, number for number, and nothing else.</summary>
public sealed partial class ProtocolDocumentTests
{
    [Fact]
    public void Every_frame_has_a_rule_and_every_rule_a_frame()
    {
        var rules = Rules(File.ReadAllText(Repository.At("docs/protocol/relay.cddl")));
        rules.ShouldBe(Enum.GetValues<FrameType>().ToDictionary(type => Kebab(type.ToString()), type => (int)type), ignoreOrder: true);
    }

    [Fact]
    public void Every_error_code_stands_in_the_table_with_its_number()
    {
        var table = ErrorTable(File.ReadAllText(Repository.At("docs/protocol/relay.md")));
        table.ShouldBe(Enum.GetValues<ErrorCode>().ToDictionary(code => code.Name(), code => (int)code), ignoreOrder: true);
    }

    [Fact]
    public void Rules_and_rows_that_differ_are_seen()
    {
        Rules("nonce = bstr .size 32\nready = [5, relay: tstr]\nextra = [99]\n").ShouldBe(new Dictionary<string, int> { ["ready"] = 5, ["extra"] = 99 });
        ErrorTable("| 305 | `stale_epoch` | text |\n| 9 | text |\n").ShouldBe(new Dictionary<string, int> { ["stale_epoch"] = 305 });
        Kebab("UploadKeyPackage").ShouldBe("upload-key-package");
    }

    private static Dictionary<string, int> Rules(string cddl) => Numbers(FrameRule().Matches(cddl), name: 1, number: 2);

    private static Dictionary<string, int> ErrorTable(string markdown) => Numbers(ErrorRow().Matches(markdown), name: 2, number: 1);

    private static Dictionary<string, int> Numbers(MatchCollection matches, int name, int number) =>
        matches.ToDictionary(match => match.Groups[name].Value, match => int.Parse(match.Groups[number].Value, CultureInfo.InvariantCulture));

    private static string Kebab(string pascal) => UpperInside().Replace(pascal, "-$0").ToLowerInvariant();

    [GeneratedRegex(@"^([a-z-]+) = \[(\d+)", RegexOptions.Multiline, 1000)]
    private static partial Regex FrameRule();

    [GeneratedRegex(@"^\| (\d+) \| `([a-z_]+)` \|", RegexOptions.Multiline, 1000)]
    private static partial Regex ErrorRow();

    [GeneratedRegex("(?<!^)[A-Z]", RegexOptions.None, 1000)]
    private static partial Regex UpperInside();
}
