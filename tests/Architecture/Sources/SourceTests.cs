namespace Skytale.Architecture.Tests.Sources;

public sealed class SourceTests
{
    [Fact]
    public void Source_files_are_short_and_finished() =>
        Repository.Files("src", "*.cs").SelectMany(path => SourceRules.Broken(path, File.ReadAllText(Repository.At(path)))).ShouldBeEmpty();

    [Fact]
    public void A_file_that_is_too_long_is_reported()
    {
        SourceRules.Broken("Long.cs", string.Concat(Enumerable.Repeat("// a line\n", SourceRules.MaxLines))).ShouldBeEmpty();
        SourceRules.Broken("Long.cs", string.Concat(Enumerable.Repeat("// a line\n", SourceRules.MaxLines + 1))).ShouldHaveSingleItem().ShouldStartWith("Long.cs");
    }

    [Theory]
    [InlineData("// TODO: later")]
    [InlineData("/* FIXME */")]
    [InlineData("throw new NotImplementedException();")]
    public void Unfinished_work_is_reported(string line) =>
        SourceRules.Broken("Half.cs", $"namespace A;\n{line}\n").ShouldHaveSingleItem().ShouldStartWith("Half.cs:2: ");

    [Fact]
    public void A_word_that_only_holds_the_letters_is_none() => SourceRules.Broken("Fine.cs", "var TODOS = 1; // XXXL").ShouldBeEmpty();
}
