namespace Skytale.Architecture.Tests.Documents;

public sealed class ReferenceTests
{
    [Theory]
    [InlineData("docs/walkthrough/send-message.md")]
    [InlineData("docs/ARCHITECTURE.md")]
    public void Every_path_in_backquotes_exists(string document)
    {
        Repository.Exists(document).ShouldBeTrue($"{document} is not written");
        var text = File.ReadAllText(Repository.At(document));
        References.Paths(text).ShouldNotBeEmpty();
        References.MissingPaths(document, text).ShouldBeEmpty();
    }

    [Fact]
    public void Every_relative_link_leads_somewhere() =>
        Repository.Files(".", "*.md").SelectMany(document => References.BrokenLinks(document, File.ReadAllText(Repository.At(document)))).ShouldBeEmpty();

    [Fact]
    public void Paths_that_do_not_exist_are_reported()
    {
        const string Text = "See `src/Domain/Nowhere/Gone.cs`, `Lost.cs` and `Skytale.sln`, but `a word`, `Class.Method` and `POST /tokens` are no paths.\n```\n`src/In/A/Block.cs`\n```\n";
        References.MissingPaths("a.md", Text).ShouldBe(["a.md: src/Domain/Nowhere/Gone.cs", "a.md: Lost.cs"]);
    }

    [Fact]
    public void Links_that_lead_nowhere_are_reported()
    {
        const string Text = "[there](../LICENSE) [gone](gone.md#part) [web](https://www.rfc-editor.org/rfc/rfc9420) [here](#part)";
        References.BrokenLinks("docs/a.md", Text).ShouldBe(["docs/a.md: gone.md"]);
    }
}
