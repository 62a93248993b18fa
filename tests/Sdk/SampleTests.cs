using Skytale.Tests.EndToEnd;

namespace Skytale.Tests.Sdk;

/// <summary>samples/ are programs that run, and what README.md shows of them is what they are.</summary>
public sealed class SampleTests(OneServer one)
{
    [Fact(Timeout = 120_000)]
    public async Task HelloChannel_says_hello_the_first_time_and_the_second()
    {
        var (account, _, key) = await one.Server.CreateAccountAsync();
        account.ShouldNotBeEmpty();
        using var home = new TemporaryFolder();
        var environment = new Dictionary<string, string> { ["SKYTALE_API_KEY"] = key, ["SKYTALE_SERVER"] = one.Server.Url.OriginalString, ["SKYTALE_CERTIFICATE"] = one.Server.Certificate };
        for (var run = 1; run <= 2; run++)
        {
            await using var sample = RunningProgram.Start("HelloChannel", "HelloChannel", home.Path, environment);
            (await sample.EndAsync()).ShouldBe(0, string.Join('\n', sample.Errors));
            sample.Output.ShouldHaveSingleItem().ShouldMatch("^did:key:z6Mk[a-zA-Z0-9]+: Hello, Bob$");
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task RawSeal_seals_and_opens_without_a_server()
    {
        using var home = new TemporaryFolder();
        await using var sample = RunningProgram.Start("RawSeal", "RawSeal", home.Path, new Dictionary<string, string> { ["TMPDIR"] = home.Path });
        (await sample.EndAsync()).ShouldBe(0, string.Join('\n', sample.Errors));
        sample.Output.Count.ShouldBe(3);
        sample.Output[0].ShouldMatch("^did:key:z6Mk[a-zA-Z0-9]+: Hello, Bob$");
        sample.Output[1].ShouldMatch("^did:key:z6Mk[a-zA-Z0-9]+: Hello, Alice$");
        sample.Output[2].ShouldBe($"{sample.Output[0].Split(": ")[0]}: By new keys in epoch 2");
        Directory.EnumerateFileSystemEntries(home.Path, "raw-seal-*").ShouldBeEmpty();
    }

    [Fact]
    public void The_documents_code_is_the_other_samples_code() => Blocks(Repository.Read("docs/raw.md")).ShouldBe([Repository.Read("samples/RawSeal/Program.cs").Trim()]);

    [Theory]
    [InlineData("README.md")]
    [InlineData("src/Sdk/Sdk/PACKAGE.md")]
    public void The_READMEs_code_is_the_samples_code(string document) =>
        Blocks(Repository.Read(document)).ShouldContain(Repository.Read("samples/HelloChannel/Program.cs").Trim());

    [Fact]
    public void Every_block_of_a_document_is_found() => Blocks("a\n```csharp\none\n```\nb\n```sh\nno\n```\n```csharp\ntwo\nthree\n```\n").ShouldBe(["one", "two\nthree"]);

    private static List<string> Blocks(string markdown)
    {
        var blocks = new List<string>();
        foreach (var part in markdown.Split("```csharp\n").Skip(1))
            blocks.Add(part[..part.IndexOf("```", StringComparison.Ordinal)].Trim());
        return blocks;
    }
}
