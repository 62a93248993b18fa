namespace Skytale.Architecture.Tests.Projects;

public sealed class ProjectReferenceTests
{
    [Fact]
    public void Projects_reference_one_another_only_along_the_arrows() => Arrows.Broken(Project.All).ShouldBeEmpty();

    [Fact]
    public void The_projects_that_this_version_cannot_do_without_are_found()
    {
        foreach (var name in new[] { "Skytale.Mls", "Skytale.Protocol", "Skytale.Groups", "Skytale.Application", "Skytale.Quic", "Skytale.Server" })
            Project.All.Keys.ShouldContain(name);
        Project.All["Skytale.Groups"].References.ShouldBe(["Skytale.Mls", "Skytale.Protocol"]);
    }

    [Theory]
    [InlineData("src/Domain/Mls", "Skytale.Mls", "../Protocol/Skytale.Protocol.csproj", "Skytale.Mls -> Skytale.Protocol")]
    [InlineData("src/Domain/Protocol", "Skytale.Protocol", "../Mls/Skytale.Mls.csproj", "Skytale.Protocol -> Skytale.Mls")]
    [InlineData("src/Application", "Skytale.Application", "../Infrastructure/Quic/Skytale.Quic.csproj", "Skytale.Application -> Skytale.Quic")]
    [InlineData("src/Infrastructure/Quic", "Skytale.Quic", "..\\..\\Application\\Skytale.Application.csproj", "Skytale.Quic -> Skytale.Application")]
    [InlineData("src/Domain/Misc", "Skytale.Misc", "../Mls/Skytale.Mls.csproj", "Skytale.Misc: not in the table")]
    [InlineData("src/Hosts/Cli", "Skytale.Cli", "../Server/Skytale.Server.csproj", "Skytale.Cli -> Skytale.Server: a host")]
    public void A_reference_against_the_arrows_is_reported(string folder, string name, string reference, string expected)
    {
        var project = Project.Parse(name, folder, $"""<Project><ItemGroup><ProjectReference Include="{reference}" /></ItemGroup></Project>""");
        var projects = new Dictionary<string, Project>(Project.All) { [name] = project };
        Arrows.Broken(projects).ShouldHaveSingleItem().ShouldStartWith(expected);
    }

    [Fact]
    public void Every_project_stands_in_the_solution()
    {
        var solution = File.ReadAllText(Repository.At("Skytale.sln"));
        NotIn(solution, Projects()).ShouldBeEmpty();
    }

    [Fact]
    public void A_project_outside_the_solution_is_reported() =>
        NotIn("""Project("{…}") = "A", "src\A\A.csproj", "{…}" """, ["src/A/A.csproj", "src/B/B.csproj"]).ShouldBe(["src/B/B.csproj"]);

    private static IEnumerable<string> Projects() =>
        new[] { "src", "tests", "benchmarks", "samples" }.Where(Repository.Exists).SelectMany(folder => Repository.Files(folder, "*.csproj"));

    private static IEnumerable<string> NotIn(string solution, IEnumerable<string> projects) =>
        projects.Where(project => !solution.Replace('\\', '/').Contains($"\"{project}\"", StringComparison.Ordinal));
}
