using System.Text.Json;

namespace Skytale.Architecture.Tests.Projects;

public sealed class PackageTests
{
    [Fact]
    public void Packages_stand_only_where_they_may() => PackageRules.Misplaced(Project.All).ShouldBeEmpty();

    [Fact]
    public void What_an_agents_program_references_brings_it_nothing_of_the_service() => PackageRules.PulledInByLibraries(Project.All).ShouldBeEmpty();

    [Theory]
    [InlineData("src/Domain/Channels", "MediatR")]
    [InlineData("src/Infrastructure/Quic", "MediatR.Extensions.Microsoft.DependencyInjection")]
    [InlineData("src/Hosts/Server", "FluentValidation")]
    [InlineData("src/Application", "Npgsql")]
    [InlineData("src/Infrastructure/Security", "Microsoft.EntityFrameworkCore.Sqlite.Core")]
    [InlineData("src/Infrastructure/SlimWire", "Microsoft.AspNetCore.App")]
    public void A_package_in_the_wrong_room_is_reported(string folder, string package) =>
        PackageRules.Misplaced(With("Skytale.Wrong", folder, package)).ShouldBe([$"Skytale.Wrong: {package}"]);

    [Fact]
    public void A_package_of_the_service_behind_a_library_is_reported() =>
        PackageRules.PulledInByLibraries(With("Skytale.Protocol", "src/Domain/Protocol", "MediatR")).ShouldContain("Skytale.Protocol by Skytale.Protocol: MediatR");

    [Fact]
    public void A_web_project_counts_as_one_with_asp_net() =>
        Project.Parse("X", "src/X", """<Project Sdk="Microsoft.NET.Sdk.Web" />""").Packages.ShouldBe(["Microsoft.AspNetCore.App"]);

    /// <summary>What restore has resolved, so that a package's own dependencies count too.</summary>
    [Theory]
    [InlineData("Skytale.Mls")]
    [InlineData("Skytale.Protocol")]
    [InlineData("Skytale.Sdk")]
    public void No_MediatR_is_resolved_for_a_library(string project)
    {
        if (!Project.All.ContainsKey(project))
            Assert.Skip($"{project} does not exist yet");
        Resolved(project).ShouldNotContain(package => package.StartsWith("MediatR", StringComparison.Ordinal));
    }

    [Fact]
    public void MediatR_is_seen_where_it_is_resolved() => Resolved("Skytale.Server").ShouldContain("MediatR");

    private static Dictionary<string, Project> With(string name, string folder, string package) => new(Project.All)
    {
        [name] = Project.Parse(name, folder, $"""<Project><ItemGroup><PackageReference Include="{package}" /></ItemGroup></Project>"""),
    };

    private static List<string> Resolved(string project)
    {
        using var assets = JsonDocument.Parse(File.ReadAllBytes(Repository.At($"artifacts/obj/{project}/project.assets.json")));
        return [.. assets.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name.Split('/')[0])];
    }
}
