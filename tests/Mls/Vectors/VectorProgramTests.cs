using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Skytale.MlsVectors.Running;

namespace Skytale.Mls.Tests.Vectors;

/// <summary>The vector runner as a program, and how it tells formats apart.</summary>
public sealed class VectorProgramTests
{
    private const string TreeMath = """[{"n_leaves":1,"n_nodes":1,"root":0,"left":[null],"right":[null],"parent":[null],"sibling":[null]}]""";

    [Theory]
    [InlineData("tree-math.json")]
    [InlineData("tree_math.json")]
    [InlineData("Tree_Math-of-somebody.json")]
    [InlineData("tree-math (2).json")]
    [InlineData("tree-math.suite1.json")]
    [InlineData("somebodys_tree-math.json")]
    public void A_file_is_known_by_its_name(string name) => Of(name, TreeMath).ToString().ShouldBe($"{name}: 1 passed, 0 failed");

    [Theory]
    [InlineData("other.json", TreeMath, "in no known format")]
    [InlineData("aftertree-maths.json", TreeMath, "in no known format")]
    [InlineData("tree-math.json", "no JSON", "not JSON")]
    [InlineData("tree-math.json", "{}", "no JSON array of cases")]
    [InlineData("tree-math.json", "[]", "no cases")]
    [InlineData("tree-math.json", "[7]", "no object")]
    [InlineData("tree-math.json", "[{}]", "'n_leaves' is missing")]
    [InlineData("tree-math.json", """[{"n_leaves":"1"}]""", "'n_leaves' is no uint32")]
    [InlineData("welcome.json", """[{"cipher_suite":9}]""", "cipher suite 9 is not known here")]
    [InlineData("welcome.json", """[{"cipher_suite":1,"key_package":"zz"}]""", "'key_package' is no hexadecimal string")]
    [InlineData("anything.json", """[{"welcome":"00","epochs":[],"cipher_suite":1}]""", "'key_package' is missing")]
    public void What_cannot_be_run_fails_and_says_why(string name, string content, string why)
    {
        var run = Of(name, content);
        run.Passed.ShouldBe(0);
        run.Failures.ShouldHaveSingleItem().Reason.ShouldContain(why);
    }

    [Fact]
    public void The_longest_name_of_a_format_in_a_name_tells_it() =>
        Of("passive-client-welcome.json", """[{"cipher_suite":1}]""").Failures.ShouldHaveSingleItem().Reason.ShouldBe("'key_package' is missing");

    [Fact]
    public void A_mark_of_the_byte_order_is_no_part_of_the_file() =>
        FileRun.Of("tree-math.json", (byte[])[0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(TreeMath)]).Passed.ShouldBe(1);

    [Theory]
    [InlineData("null")]
    [InlineData("\"1\"")]
    [InlineData("1.5")]
    public void A_case_counts_once_whatever_stands_beside_its_format(string suite) =>
        Of("tree-math.json", TreeMath.Replace("{", $"{{\"cipher_suite\":{suite},", StringComparison.Ordinal)).ToString().ShouldBe("tree-math.json: 1 passed, 0 failed");

    [Fact]
    public void A_passive_client_without_psks_may_say_so_by_null()
    {
        var cases = JsonNode.Parse(VectorFile.Open("passive-client-welcome").Content)!.AsArray();
        var withoutPsks = cases.First(node => node!["external_psks"]!.AsArray().Count == 0)!.DeepClone();
        withoutPsks["external_psks"] = null;
        Of("recorded.json", new JsonArray(withoutPsks).ToJsonString()).Failures.ShouldBeEmpty();
    }

    [Fact]
    public void A_psk_may_be_listed_twice_but_not_with_two_keys()
    {
        var cases = JsonNode.Parse(VectorFile.Open("passive-client-welcome").Content)!.AsArray();
        var one = cases.First(node => node!["external_psks"]!.AsArray().Count > 0)!.DeepClone();
        var psks = one["external_psks"]!.AsArray();
        psks.Add(psks[0]!.DeepClone());
        Of("recorded.json", new JsonArray(one.DeepClone()).ToJsonString()).Failures.ShouldBeEmpty();
        psks[^1]!["psk"] = "00";
        Of("recorded.json", new JsonArray(one.DeepClone()).ToJsonString()).Failures.ShouldHaveSingleItem().Reason.ShouldContain("two keys");
    }

    [Fact]
    public void A_signature_key_may_be_a_seed_with_the_public_key_behind_it()
    {
        var cases = JsonNode.Parse(VectorFile.Open("message-protection").Content)!.AsArray();
        var one = cases.First(node => (int)node!["cipher_suite"]! == 1)!.DeepClone();
        one["signature_priv"] = (string)one["signature_priv"]! + (string)one["signature_pub"]!;
        Of("message-protection.json", new JsonArray(one.DeepClone()).ToJsonString()).Failures.ShouldBeEmpty();
        one["signature_priv"] = ((string)one["signature_priv"]!)[..^2] + "00";
        Of("message-protection.json", new JsonArray(one.DeepClone()).ToJsonString()).Failures.ShouldHaveSingleItem().Reason.ShouldContain("InvalidPrivateKey");
    }

    [Fact]
    public void Members_of_a_treekem_case_may_stand_in_any_order()
    {
        var cases = JsonNode.Parse(VectorFile.Open("treekem").Content)!.AsArray();
        var one = cases[0]!.DeepClone();
        one["leaves_private"] = new JsonArray([.. one["leaves_private"]!.AsArray().Reverse().Select(leaf => leaf!.DeepClone())]);
        Of("treekem.json", new JsonArray(one).ToJsonString()).Failures.ShouldBeEmpty();
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void A_passive_client_is_known_under_any_name()
    {
        var file = VectorFile.Open("passive-client-welcome");
        var run = FileRun.Of("recorded.json", file.Content);
        run.Failures.ShouldBeEmpty();
        run.Passed.ShouldBeGreaterThan(0);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_program_counts_last_and_fails_with_the_first_failure()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(Path.Combine(folder.Path, "tree-math.json"), TreeMath);
        var (code, output) = await RunAsync(folder.Path);
        output.ShouldBe(["tree-math.json: 1 passed, 0 failed", "1 passed, 0 failed"]);
        code.ShouldBe(0);

        File.WriteAllText(Path.Combine(folder.Path, "a.json"), "[]");
        File.WriteAllText(Path.Combine(folder.Path, "tree_math.json"), TreeMath.Replace("\"root\":0", "\"root\":1", StringComparison.Ordinal));
        (code, output) = await RunAsync(folder.Path);
        output.ShouldBe(
        [
            "a.json: 0 passed, 1 failed", "    no cases",
            "tree-math.json: 1 passed, 0 failed",
            "tree_math.json: 0 passed, 1 failed", "    case 0: root: computed 0, the case says 1",
            "1 passed, 2 failed",
        ]);
        code.ShouldBe(1);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_file_that_cannot_be_read_fails_alone()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(Path.Combine(folder.Path, "a.json"), Path.Combine(folder.Path, "nowhere"));
        File.WriteAllText(Path.Combine(folder.Path, "tree-math.json"), TreeMath);
        var (code, output) = await RunAsync(folder.Path);
        output[0].ShouldBe("a.json: 0 passed, 1 failed");
        output[1].ShouldStartWith("    not readable: ");
        output[2..].ShouldBe(["tree-math.json: 1 passed, 0 failed", "1 passed, 1 failed"]);
        code.ShouldBe(1);
    }

    [Fact(Timeout = 60_000)]
    public async Task Nothing_to_run_is_a_usage_error()
    {
        using var folder = new TemporaryFolder();
        (await RunAsync(folder.Path)).Code.ShouldBe(2);
        (await RunAsync(Path.Combine(folder.Path, "nowhere"))).Code.ShouldBe(2);
        (await RunAsync()).Code.ShouldBe(2);
        (await RunAsync(folder.Path, "more")).Code.ShouldBe(2);
    }

    private static FileRun Of(string name, string content) => FileRun.Of(name, Encoding.UTF8.GetBytes(content));

    // The program lies beside the tests, which refer to it.
    private static async Task<(int Code, string[] Output)> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { typeof(FileRun).Assembly.Location },
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await errors;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private sealed class TemporaryFolder : IDisposable
    {
        public string Path { get; } = Directory.CreateTempSubdirectory("skytale-vectors-").FullName;

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }
}
